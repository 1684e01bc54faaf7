package io.hawser.conformance.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Section 7: closes.
final class CloseCases {
    private static final int[] GOOD = {
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001, 3999, 4000, 4001, 4999
    };
    private static final int[] BAD = {
        0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2001, 2999, 5000, 5001, 10_000, 65_535
    };

    private CloseCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        Frame close = Frame.close(1000);
        Frame hello = Frame.text("Hello");
        Frame empty = Frame.of(Frame.FIN | Frame.CLOSE);
        cases.add(Case.of("7.1.1", "a message, then a close", List.of(hello, close), List.of(hello, close)));
        cases.add(Case.of("7.1.2", "two closes", List.of(close, close), List.of(close)));
        cases.add(Case.of("7.1.3", "a ping after the close", List.of(close, Frame.ping()), List.of(close)));
        cases.add(Case.of("7.1.4", "text after the close", List.of(close, hello), List.of(close)));
        cases.add(Case.of(
                "7.1.5",
                "a close within fragments",
                List.of(Frame.of(Frame.TEXT, "a".getBytes(UTF_8)), close, Frame.of(Frame.FIN, "b".getBytes(UTF_8))),
                List.of(close)));
        cases.add(Case.of(
                "7.1.6",
                "256 KiB, a close, a ping",
                List.of(Frame.text("B".repeat(256 << 10)), close, Frame.ping()),
                List.of(Frame.text("B".repeat(256 << 10)), close)));
        cases.add(Case.of("7.2.1", "no code", List.of(empty), List.of(empty)));
        cases.add(Case.failing("7.2.2", "half a code", 1002, Frame.of(Frame.FIN | Frame.CLOSE, (byte) 'a')));
        cases.add(Case.of("7.2.3", "a code", List.of(close), List.of(close)));
        cases.add(Case.of(
                "7.2.4",
                "a code and a reason",
                List.of(Frame.close(1000, "Hello World!".getBytes(UTF_8))),
                List.of(close)));
        cases.add(Case.of(
                "7.2.5",
                "the longest reason",
                List.of(Frame.close(1000, "*".repeat(123).getBytes(UTF_8))),
                List.of(close)));
        cases.add(Case.failing(
                "7.2.6",
                "too long a reason",
                1002,
                Frame.close(1000, "*".repeat(124).getBytes(UTF_8))));
        cases.add(Case.of(
                "7.2.7", "a reason in greek", List.of(Frame.close(1000, "κόσμε".getBytes(UTF_8))), List.of(close)));
        for (String hex : new String[] {"cebae1bdb9cf83cebcceb5eda080", "ff", "c3", "c0af", "f4908080"}) {
            cases.add(Case.failing(
                    "7.3." + hex,
                    "a reason that is not UTF-8",
                    1007,
                    Frame.close(1000, HexFormat.of().parseHex(hex))));
        }
        for (int code : GOOD) {
            cases.add(Case.of("7.4." + code, "code " + code, List.of(Frame.close(code)), List.of(Frame.close(code))));
            cases.add(Case.of(
                    "7.5." + code,
                    "code " + code + " and a reason",
                    List.of(Frame.close(code, "why".getBytes(UTF_8))),
                    List.of(Frame.close(code))));
        }
        for (int code : BAD) {
            cases.add(Case.failing("7.6." + code, "code " + code, 1002, Frame.close(code)));
            cases.add(Case.failing(
                    "7.7." + code, "code " + code + " and a reason", 1002, Frame.close(code, "why".getBytes(UTF_8))));
        }
        return cases;
    }
}
