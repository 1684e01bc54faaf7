package io.hawser.conformance.websocket;

import static io.hawser.conformance.websocket.Frame.BINARY;
import static io.hawser.conformance.websocket.Frame.CONTINUATION;
import static io.hawser.conformance.websocket.Frame.FIN;
import static io.hawser.conformance.websocket.Frame.RSV1;
import static io.hawser.conformance.websocket.Frame.RSV2;
import static io.hawser.conformance.websocket.Frame.RSV3;
import static io.hawser.conformance.websocket.Frame.TEXT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Sections 1 to 5: frames, pings, reserved bits, opcodes, fragments.
final class FramingCases {
    private static final int PROTOCOL_ERROR = 1002;
    private static final byte[] HELLO = "Hello, world!".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private final List<Case> cases = new ArrayList<>();

    private FramingCases() {}

    static List<Case> all() {
        FramingCases all = new FramingCases();
        all.framing();
        all.shapes();
        all.pings();
        all.reservedBits();
        all.opcodes();
        all.fragments();
        return all.cases;
    }

    private static byte[] filled(int size, int octet) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) octet);
        return bytes;
    }

    private void framing() {
        int[] sizes = {0, 1, 124, 125, 126, 127, 128, 65_535, 65_536};
        for (int type = TEXT; type <= BINARY; type++) {
            int number = 0;
            for (int size : sizes) {
                Frame frame = Frame.of(FIN | type, filled(size, type == TEXT ? '*' : 0xFE));
                cases.add(Case.of(
                        "1." + type + "." + ++number,
                        (type == TEXT ? "text" : "binary") + " of " + size,
                        List.of(frame),
                        List.of(frame)));
            }
            Frame whole = Frame.of(FIN | type, filled(65_536, type == TEXT ? '*' : 0xFE));
            cases.add(Case.of("1." + type + "." + ++number, "65536 in pieces of 997", List.of(whole), List.of(whole))
                    .chopped(997));
            Frame small = Frame.of(FIN | type, filled(300, type == TEXT ? '*' : 0xFE));
            cases.add(Case.of("1." + type + "." + ++number, "300 byte by byte", List.of(small), List.of(small))
                    .chopped(1));
        }
    }

    private void shapes() {
        cases.add(Case.failing(
                "1.3.1", "wrong masking", PROTOCOL_ERROR, Frame.text(HELLO).shaped(Frame.Shape.WRONG_MASK)));
        cases.add(Case.failing(
                "1.3.2",
                "wrong masking of an empty ping",
                PROTOCOL_ERROR,
                Frame.ping().shaped(Frame.Shape.WRONG_MASK)));
        cases.add(Case.failing(
                "1.3.3",
                "125 bytes with a length of 16 bits",
                PROTOCOL_ERROR,
                Frame.binary(filled(125, 1)).shaped(Frame.Shape.LENGTH_16)));
        cases.add(Case.failing(
                "1.3.4",
                "65535 bytes with a length of 64 bits",
                PROTOCOL_ERROR,
                Frame.binary(filled(65_535, 1)).shaped(Frame.Shape.LENGTH_64)));
        cases.add(Case.failing(
                "1.3.5",
                "no byte with a length of 64 bits",
                PROTOCOL_ERROR,
                Frame.text("").shaped(Frame.Shape.LENGTH_64)));
    }

    private void pings() {
        for (int size : new int[] {0, 1, 7, 125}) {
            byte[] payload = filled(size, 0xFE);
            cases.add(Case.of(
                    "2.1." + size, "ping of " + size, List.of(Frame.ping(payload)), List.of(Frame.pong(payload))));
        }
        cases.add(Case.of("2.2", "ping of text", List.of(Frame.ping(HELLO)), List.of(Frame.pong(HELLO))));
        cases.add(Case.failing("2.3", "ping of 126", PROTOCOL_ERROR, Frame.ping(filled(126, 0xFE))));
        cases.add(Case.of(
                        "2.4",
                        "ping of 125 byte by byte",
                        List.of(Frame.ping(filled(125, 0xFE))),
                        List.of(Frame.pong(filled(125, 0xFE))))
                .chopped(1));
        cases.add(Case.of("2.5", "pong that was not asked for", List.of(Frame.pong()), List.of()));
        cases.add(Case.of("2.6", "pong with payload that was not asked for", List.of(Frame.pong(HELLO)), List.of()));
        cases.add(Case.of(
                "2.7", "pong, then ping", List.of(Frame.pong(HELLO), Frame.ping(HELLO)), List.of(Frame.pong(HELLO))));
        List<Frame> pings = new ArrayList<>();
        List<Frame> pongs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            pings.add(Frame.ping((byte) i));
            pongs.add(Frame.pong((byte) i));
        }
        cases.add(Case.of("2.8", "ten pings", pings, pongs));
        cases.add(Case.of("2.9", "ten pings byte by byte", pings, pongs).chopped(1));
        cases.add(Case.failing("2.10", "pong of 126", PROTOCOL_ERROR, Frame.pong(filled(126, 0xFE))));
        cases.add(Case.failing("2.11", "close of 126", PROTOCOL_ERROR, Frame.close(1000, filled(124, 'x'))));
    }

    private void reservedBits() {
        int[] bits = {RSV3, RSV2, RSV2 | RSV3, RSV1, RSV1 | RSV3, RSV1 | RSV2, RSV1 | RSV2 | RSV3};
        Frame good = Frame.text(HELLO);
        for (int i = 0; i < bits.length; i++) {
            Frame bad = Frame.of(FIN | bits[i] | TEXT, HELLO);
            List<Frame> failed = List.of(good, Frame.close(PROTOCOL_ERROR));
            cases.add(Case.failing("3.1." + i, "reserved bits " + (bits[i] >> 4), PROTOCOL_ERROR, bad));
            cases.add(Case.of("3.2." + i, "the same after a message", List.of(good, bad, Frame.ping()), failed));
            cases.add(Case.of("3.3." + i, "the same byte by byte", List.of(good, bad, Frame.ping()), failed)
                    .chopped(1));
            cases.add(Case.failing(
                    "3.4." + i, "the same on a ping", PROTOCOL_ERROR, Frame.of(FIN | bits[i] | Frame.PING)));
            cases.add(Case.failing(
                    "3.5." + i, "the same on a close", PROTOCOL_ERROR, Frame.of(FIN | bits[i] | Frame.CLOSE)));
        }
    }

    private void opcodes() {
        for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
            Frame good = Frame.text(HELLO);
            Frame bad = Frame.of(FIN | opcode);
            cases.add(Case.failing("4.1." + opcode, "opcode " + opcode, PROTOCOL_ERROR, bad));
            cases.add(Case.failing(
                    "4.2." + opcode,
                    "opcode " + opcode + " with payload",
                    PROTOCOL_ERROR,
                    Frame.of(FIN | opcode, HELLO)));
            cases.add(Case.of(
                    "4.3." + opcode,
                    "opcode " + opcode + " between messages",
                    List.of(good, bad, Frame.ping()),
                    List.of(good, Frame.close(PROTOCOL_ERROR))));
        }
    }

    private static Frame first(String text) {
        return Frame.of(TEXT, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Frame middle(String text) {
        return Frame.of(CONTINUATION, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Frame last(String text) {
        return Frame.of(FIN | CONTINUATION, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private void add(String id, String title, List<Frame> sends, List<Frame> answers) {
        cases.add(Case.of(id, title, sends, answers));
        cases.add(Case.of(id + ".c", title + ", byte by byte", sends, answers).chopped(1));
    }

    private void fragments() {
        Frame ping = Frame.ping(HELLO);
        Frame pong = Frame.pong(HELLO);
        Frame failed = Frame.close(PROTOCOL_ERROR);
        add("5.1", "a ping in two", List.of(Frame.of(Frame.PING, HELLO), last("rest")), List.of(failed));
        add("5.2", "a pong in two", List.of(Frame.of(Frame.PONG, HELLO), last("rest")), List.of(failed));
        add(
                "5.3",
                "text in two",
                List.of(first("fragment1"), last("fragment2")),
                List.of(Frame.text("fragment1fragment2")));
        add(
                "5.4",
                "text in two, a ping between",
                List.of(first("fragment1"), ping, last("fragment2")),
                List.of(pong, Frame.text("fragment1fragment2")));
        add(
                "5.5",
                "text in five, two pings between",
                List.of(first("1"), ping, middle("2"), middle("3"), ping, middle("4"), last("5")),
                List.of(pong, pong, Frame.text("12345")));
        add("5.6", "text in three empty frames", List.of(first(""), middle(""), last("")), List.of(Frame.text("")));
        add(
                "5.7",
                "text in three, the middle alone not empty",
                List.of(first(""), middle("middle"), last("")),
                List.of(Frame.text("middle")));
        add("5.8", "a last frame of nothing", List.of(last("x"), Frame.text(HELLO)), List.of(failed));
        add("5.9", "a middle frame of nothing", List.of(middle("x"), Frame.text(HELLO)), List.of(failed));
        add(
                "5.10",
                "a last frame after a message",
                List.of(first("a"), last("b"), last("c")),
                List.of(Frame.text("ab"), failed));
        add(
                "5.11",
                "a middle frame after a message",
                List.of(Frame.text(HELLO), middle("c"), Frame.text(HELLO)),
                List.of(Frame.text(HELLO), failed));
        add("5.12", "text within text", List.of(first("a"), Frame.text("b")), List.of(failed));
        add("5.13", "a first frame within text", List.of(first("a"), first("b"), last("c")), List.of(failed));
        add("5.14", "binary within text", List.of(first("a"), Frame.binary(HELLO)), List.of(failed));
        add(
                "5.15",
                "binary in two",
                List.of(Frame.of(BINARY, HELLO), Frame.of(FIN, HELLO)),
                List.of(Frame.binary("Hello, world!Hello, world!".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        add("5.16", "a pong between", List.of(first("a"), Frame.pong(HELLO), last("b")), List.of(Frame.text("ab")));
        add("5.17", "a close between", List.of(first("a"), Frame.close(1000), last("b")), List.of(Frame.close(1000)));
        add(
                "5.18",
                "two messages in fragments, pings everywhere",
                List.of(first("a"), ping, last("b"), ping, first("c"), middle("d"), ping, last("e")),
                List.of(pong, Frame.text("ab"), pong, pong, Frame.text("cde")));
        List<Frame> single = new ArrayList<>();
        single.add(first("x"));
        for (int i = 0; i < 1000; i++) single.add(middle("x"));
        single.add(last("x"));
        cases.add(Case.of("5.19", "a thousand fragments", single, List.of(Frame.text("x".repeat(1002)))));
        List<Frame> empty = new ArrayList<>();
        empty.add(first(""));
        for (int i = 0; i < 1000; i++) empty.add(middle(""));
        empty.add(last("x"));
        cases.add(Case.of("5.20", "a thousand empty fragments", empty, List.of(Frame.text("x"))));
    }
}
