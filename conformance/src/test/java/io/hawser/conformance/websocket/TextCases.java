package io.hawser.conformance.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Section 6: UTF-8, good and bad, whole, in fragments and cut within characters; and how early the bad is
/// told.
final class TextCases {
    private static final int BAD_DATA = 1007;

    /// Name and bytes of what is well-formed.
    private static final String[][] GOOD = {
        {"greek", "cebae1bdb9cf83cebcceb5"},
        {"first of 1 byte", "00"},
        {"first of 2 bytes", "c280"},
        {"first of 3 bytes", "e0a080"},
        {"first of 4 bytes", "f0908080"},
        {"last of 1 byte", "7f"},
        {"last of 2 bytes", "dfbf"},
        {"last of 3 bytes", "efbfbf"},
        {"last of 4 bytes", "f48fbfbf"},
        {"before the surrogates", "ed9fbf"},
        {"after the surrogates", "ee8080"},
        {"replacement character", "efbfbd"},
        {"no character U+FFFE", "efbfbe"},
        {"no character U+FFFF", "efbfbf"},
        {"no character U+1FFFE", "f09fbfbe"},
        {"no character U+1FFFF", "f09fbfbf"},
        {"no character U+2FFFE", "f0afbfbe"},
        {"no character U+2FFFF", "f0afbfbf"},
        {"no character U+3FFFE", "f0bfbfbe"},
        {"no character U+3FFFF", "f0bfbfbf"},
        {"no character U+8FFFE", "f28fbfbe"},
        {"no character U+8FFFF", "f28fbfbf"},
        {"no character U+FFFFE", "f3bfbfbe"},
        {"no character U+FFFFF", "f3bfbfbf"},
        {"no character U+10FFFE", "f48fbfbe"},
        {"byte order mark", "efbbbf"},
        {"null in the middle", "610062"},
        {"ascii, then four bytes each", "616263f09f9880f09f9881"},
        {"two, three and four bytes", "c3a9e282acf09f92a9"},
        {"long, with one character at the end", "x48c3a9"}
    };

    /// Name and bytes of what is not.
    private static final String[][] BAD = {
        {"one continuation 80", "80"},
        {"one continuation bf", "bf"},
        {"two continuations", "80bf"},
        {"three continuations", "80bf80"},
        {"all continuations", "808182838485868788898a8b8c8d8e8fa0a1bebf"},
        {"first of two, then space", "c020c120c220"},
        {"all firsts of two", "c220c320c420df20"},
        {"firsts of three, each with a space", "e020e120ec20ed20ef20"},
        {"firsts of four, each with a space", "f020f120f320f420"},
        {"first of five", "f888808080"},
        {"first of six", "fc8480808080"},
        {"last of five", "fbbfbfbfbf"},
        {"last of six", "fdbfbfbfbfbf"},
        {"fe", "fe"},
        {"ff", "ff"},
        {"fe fe ff ff", "fefeffff"},
        {"overlong slash in 2", "c0af"},
        {"overlong slash in 3", "e080af"},
        {"overlong slash in 4", "f08080af"},
        {"overlong slash in 5", "f8808080af"},
        {"overlong slash in 6", "fc80808080af"},
        {"most overlong of 2", "c1bf"},
        {"most overlong of 3", "e09fbf"},
        {"most overlong of 4", "f08fbfbf"},
        {"overlong null in 2", "c080"},
        {"overlong null in 3", "e08080"},
        {"overlong null in 4", "f0808080"},
        {"surrogate d800", "eda080"},
        {"surrogate db7f", "edadbf"},
        {"surrogate db80", "edae80"},
        {"surrogate dbff", "edafbf"},
        {"surrogate dc00", "edb080"},
        {"surrogate df80", "edbe80"},
        {"surrogate dfff", "edbfbf"},
        {"pair d800 dc00", "eda080edb080"},
        {"pair d800 dfff", "eda080edbfbf"},
        {"pair db7f dc00", "edadbfedb080"},
        {"pair db7f dfff", "edadbfedbfbf"},
        {"pair db80 dc00", "edae80edb080"},
        {"pair db80 dfff", "edae80edbfbf"},
        {"pair dbff dc00", "edafbfedb080"},
        {"pair dbff dfff", "edafbfedbfbf"},
        {"beyond U+10FFFF", "f4908080"},
        {"far beyond", "f7bfbfbf"},
        {"greek, then beyond", "cebae1bdb9cf83cebcceb5f4908080656469746564"},
        {"greek, then a surrogate", "cebae1bdb9cf83cebcceb5eda080656469746564"},
        {"missing the last of 2", "c3"},
        {"missing the last of 3", "e282"},
        {"missing two of 3", "e2"},
        {"missing the last of 4", "f09f98"},
        {"missing two of 4", "f09f"},
        {"missing three of 4", "f0"},
        {"missing the last of 2 before ascii", "c341"},
        {"missing the last of 3 before ascii", "e28241"},
        {"missing the last of 4 before ascii", "f09f9841"},
        {"long, bad at the end", "x48ff"},
        {"long, bad at the beginning", "ffx48"}
    };

    private final List<Case> cases = new ArrayList<>();

    private TextCases() {}

    static List<Case> all() {
        TextCases all = new TextCases();
        for (int i = 0; i < GOOD.length; i++) all.good("6.1." + (i + 1), GOOD[i][0], bytes(GOOD[i][1]));
        for (int i = 0; i < BAD.length; i++) all.bad("6.2." + (i + 1), BAD[i][0], bytes(BAD[i][1]));
        all.early();
        return all.cases;
    }

    /// `x48` stands for 48 times the letter x.
    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace("x48", "78".repeat(48)));
    }

    private static List<Frame> bytewise(byte[] text) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < text.length; i++) {
            int first = (i == 0 ? Frame.TEXT : Frame.CONTINUATION) | (i == text.length - 1 ? Frame.FIN : 0);
            frames.add(Frame.of(first, text[i]));
        }
        return frames;
    }

    private void good(String id, String title, byte[] text) {
        List<Frame> echo = List.of(Frame.text(text));
        cases.add(Case.of(id, title, List.of(Frame.text(text)), echo));
        cases.add(Case.of(id + ".c", title + ", byte by byte", List.of(Frame.text(text)), echo)
                .chopped(1));
        cases.add(Case.of(id + ".f", title + ", a fragment each byte", bytewise(text), echo));
    }

    private void bad(String id, String title, byte[] text) {
        List<Frame> failed = List.of(Frame.close(BAD_DATA));
        cases.add(Case.of(id, title, List.of(Frame.text(text)), failed));
        cases.add(Case.of(id + ".f", title + ", a fragment each byte", bytewise(text), failed));
        if (text.length > 1) {
            cases.add(Case.of(id + ".c", title + ", byte by byte", List.of(Frame.text(text)), failed)
                    .chopped(1));
        }
    }

    /// What is bad is told at its first byte, although the rest of the frame, or of the message, never comes.
    private void early() {
        String[][] early = {
            {"beyond U+10FFFF", "cebae1bdb9cf83cebcceb5f490", "12"},
            {"a surrogate", "cebae1bdb9cf83cebcceb5eda0", "13"},
            {"overlong", "cebae1bdb9cf83cebcceb5c0", "12"},
            {"a lone continuation", "48656c6c6f80", "6"},
            {"ff", "48656c6c6fff", "6"},
            {"ascii within a character", "48656c6c6fe28241", "8"}
        };
        for (int i = 0; i < early.length; i++) {
            byte[] bad = bytes(early[i][1]);
            byte[] whole = java.util.Arrays.copyOf(bad, bad.length + 1000);
            java.util.Arrays.fill(whole, bad.length, whole.length, (byte) 'x');
            cases.add(Case.failing(
                    "6.3." + (i + 1),
                    early[i][0] + ", in a frame that does not end",
                    BAD_DATA,
                    Frame.text(whole).cutTo(bad.length)));
            cases.add(Case.failing(
                    "6.4." + (i + 1),
                    early[i][0] + ", in a message that does not end",
                    BAD_DATA,
                    Frame.of(Frame.TEXT, "κόσμε".getBytes(UTF_8)),
                    Frame.of(Frame.CONTINUATION, bad)));
            cases.add(Case.failing(
                            "6.5." + (i + 1),
                            early[i][0] + ", in a frame that does not end, byte by byte",
                            BAD_DATA,
                            Frame.text(whole).cutTo(bad.length))
                    .chopped(1));
        }
    }
}
