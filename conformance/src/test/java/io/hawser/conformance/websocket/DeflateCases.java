package io.hawser.conformance.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Sections 12 and 13: permessage-deflate, over kinds of messages and over its parameters.
final class DeflateCases {
    private static final int[] SIZES = {0, 16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072};
    private static final Compression FULL = Compression.of(true, true, 15, 15);

    private static final List<Compression> TERMS = List.of(
            FULL,
            Compression.of(false, false, 15, 15),
            Compression.of(true, false, 15, 15),
            Compression.of(false, true, 15, 15),
            Compression.of(true, true, 9, 9),
            Compression.of(false, false, 9, 9),
            Compression.of(true, true, 8, 15),
            Compression.of(true, true, 12, 10));

    private final List<Case> cases = new ArrayList<>();

    private DeflateCases() {}

    static List<Case> all() {
        DeflateCases all = new DeflateCases();
        String[] kinds = {"zeros", "words", "numbers", "noise"};
        for (int kind = 0; kind < kinds.length; kind++) {
            for (int i = 0; i < SIZES.length; i++)
                all.echoes("12." + (kind + 1) + "." + i, kinds[kind], SIZES[i], FULL);
        }
        for (int terms = 0; terms < TERMS.size(); terms++) {
            for (int i = 0; i < SIZES.length; i++) {
                all.echoes("13." + (terms + 1) + "." + i, "words", SIZES[i], TERMS.get(terms));
            }
        }
        all.frames();
        return all.cases;
    }

    private void echoes(String id, String kind, int size, Compression terms) {
        List<Frame> sends = new ArrayList<>();
        List<Frame> answers = new ArrayList<>();
        int type = kind.equals("noise") ? Frame.BINARY : Frame.TEXT;
        for (int i = 0; i < 8; i++) {
            byte[] message = message(kind, size, i);
            sends.add(Frame.of(Frame.FIN | Frame.RSV1 | type, message));
            answers.add(Frame.of(Frame.FIN | type, message));
        }
        cases.add(Case.of(id, "8 messages, " + kind + " of " + size + ", " + terms.offer(), sends, answers)
                .with(terms));
    }

    private static byte[] message(String kind, int size, int seed) {
        Random random = new Random(seed);
        return switch (kind) {
            case "zeros" -> new byte[size];
            case "words", "numbers" -> {
                StringBuilder text = new StringBuilder();
                while (text.length() < size) {
                    text.append(Integer.toString(random.nextInt(2000), kind.equals("words") ? 36 : 10))
                            .append(" the ");
                }
                yield Arrays.copyOf(text.toString().getBytes(UTF_8), size);
            }
            default -> {
                byte[] noise = new byte[size];
                random.nextBytes(noise);
                yield noise;
            }
        };
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private void add(String number, String title, List<Frame> sends, Frame... answers) {
        cases.add(Case.of("13.20." + number, title, sends, List.of(answers)).with(FULL));
    }

    /// The examples of the RFC, and what is no compressed message. Fragments are compressed already here.
    private void frames() {
        Frame hello = Frame.text("Hello");
        int first = Frame.RSV1 | Frame.TEXT;
        add("1", "two fragments", List.of(Frame.of(first, hex("f248cd")), Frame.of(Frame.FIN, hex("c9c90700"))), hello);
        add(
                "2",
                "stored",
                List.of(Frame.of(first, hex("000500faff48656c6c6f")), Frame.of(Frame.FIN, hex("00"))),
                hello);
        add("3", "a final block", List.of(Frame.of(first, hex("f348cdc9c9070000")), Frame.of(Frame.FIN)), hello);
        add(
                "4",
                "two blocks",
                List.of(
                        Frame.of(first, hex("f248050000 00ffff".replace(" ", ""))),
                        Frame.of(Frame.FIN, hex("cac9c90700"))),
                hello);
        add("5", "not compressed at all", List.of(hello), hello);
        add(
                "6",
                "a ping between compressed fragments",
                List.of(Frame.of(first, hex("f248cd")), Frame.ping((byte) 1), Frame.of(Frame.FIN, hex("c9c90700"))),
                Frame.pong((byte) 1),
                hello);
        add(
                "7",
                "RSV1 on a continuation",
                List.of(Frame.of(first, hex("f248cd")), Frame.of(Frame.FIN | Frame.RSV1, hex("c9c90700"))),
                Frame.close(1002));
        add("8", "RSV1 on a ping", List.of(Frame.of(Frame.FIN | Frame.RSV1 | Frame.PING)), Frame.close(1002));
        add("9", "RSV2", List.of(Frame.of(first | Frame.RSV2, hex("f248cd"))), Frame.close(1002));
        add("10", "what does not inflate", List.of(Frame.of(first, hex("ffffff"))), Frame.close(1007));
        add(
                "11",
                "text that inflates to bad UTF-8",
                List.of(Frame.of(first, hex("000500faff48656c6cff")), Frame.of(Frame.FIN, hex("00"))),
                Frame.close(1007));
        add("12", "a bomb", bomb(), Frame.close(1009));
    }

    private static List<Frame> bomb() {
        try (Codec codec = new Codec(true, true, 15)) {
            byte[] deflated = codec.deflate(new byte[LimitCases.MOST + 1]);
            int half = deflated.length / 2;
            return List.of(
                    Frame.of(Frame.RSV1 | Frame.BINARY, Arrays.copyOf(deflated, half)),
                    Frame.of(Frame.FIN, Arrays.copyOfRange(deflated, half, deflated.length)));
        }
    }
}
