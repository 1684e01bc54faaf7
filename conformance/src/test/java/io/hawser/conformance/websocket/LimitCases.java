package io.hawser.conformance.websocket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Sections 9 and 10: long messages, many fragments, many messages, and the limit.
final class LimitCases {
    /// The longest message that who is tested takes.
    static final int MOST = 16 << 20;

    private static final int TOO_BIG = 1009;

    private LimitCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (int type = Frame.TEXT; type <= Frame.BINARY; type++) {
            String what = type == Frame.TEXT ? "text" : "binary";
            for (int kib : new int[] {64, 256, 1024, 4096, 16_384}) {
                Frame whole = Frame.of(Frame.FIN | type, filled(kib << 10));
                cases.add(
                        Case.of("9." + type + "." + kib, what + " of " + kib + " KiB", List.of(whole), List.of(whole)));
            }
            Frame echo = Frame.of(Frame.FIN | type, filled(1 << 20));
            for (int fragment : new int[] {64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10}) {
                cases.add(Case.of(
                        "9." + (2 + type) + "." + fragment,
                        what + " of 1 MiB in fragments of " + fragment,
                        fragments(type, 1 << 20, fragment),
                        List.of(echo)));
            }
            for (int chop : new int[] {64, 512, 2048}) {
                Frame part = Frame.of(Frame.FIN | type, filled(128 << 10));
                cases.add(Case.of(
                                "9." + (4 + type) + "." + chop,
                                what + " of 128 KiB in writes of " + chop,
                                List.of(part),
                                List.of(part))
                        .chopped(chop));
            }
            for (int size : new int[] {0, 16, 64, 256, 1024}) {
                List<Frame> many = new ArrayList<>();
                for (int i = 0; i < 200; i++) many.add(Frame.of(Frame.FIN | type, filled(size)));
                cases.add(Case.of("9." + (6 + type) + "." + size, "200 messages " + what + " of " + size, many, many));
            }
        }
        cases.add(Case.failing(
                "9.9.1",
                "a frame over the limit",
                TOO_BIG,
                Frame.binary(new byte[MOST + 1]).cutTo(0)));
        List<Frame> over = fragments(Frame.BINARY, MOST, 1 << 20);
        over.set(over.size() - 1, Frame.of(0, new byte[1 << 20]));
        over.add(Frame.of(Frame.FIN, (byte) 1));
        cases.add(Case.of("9.9.2", "fragments over the limit", over, List.of(Frame.close(TOO_BIG))));
        Frame most = Frame.text(filled(65_536));
        cases.add(Case.of("10.1.1", "64 KiB in fragments of 1300", fragments(Frame.TEXT, 65_536, 1300), List.of(most)));
        return cases;
    }

    private static byte[] filled(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) '*');
        return bytes;
    }

    private static List<Frame> fragments(int type, int size, int each) {
        List<Frame> frames = new ArrayList<>();
        for (int from = 0; from < size; from += each) {
            int end = Math.min(size, from + each);
            int first = (from == 0 ? type : Frame.CONTINUATION) | (end == size ? Frame.FIN : 0);
            frames.add(Frame.of(first, filled(end - from)));
        }
        return frames;
    }
}
