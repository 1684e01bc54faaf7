package io.hawser.internal.nats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nats.client.support.IncomingHeadersProcessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Whatever a broker sends: it comes out alike however it was cut, and no headers of it are such that the
/// client library cannot read them.
public final class CheckedInputFuzzTest {
    private static final Pattern WITH_HEADERS =
            Pattern.compile("HMSG \\S+ \\S+ (?:\\S+ )?(\\d+) (\\d+)\\r\\n", Pattern.DOTALL);
    private static final String REPLACED = "NATS/1.0\r\nHawser-Malformed: 1\r\n\r\n";

    public static void fuzzerTestOneInput(byte[] input) {
        String whole = passed(input, Math.max(1, input.length));
        assertThat(passed(input, 1)).isEqualTo(whole);
        assertThat(passed(input, 7)).isEqualTo(whole);
        Matcher first = WITH_HEADERS.matcher(whole);
        if (!first.lookingAt()) return;
        int size = Integer.parseInt(first.group(1));
        byte[] headers = whole.substring(first.end(), first.end() + size).getBytes(ISO_8859_1);
        assertThat(new IncomingHeadersProcessor(headers).getSerializedLength()).isEqualTo(size);
    }

    /// What comes out of it in pieces of `size`, and behind it what is wrong with it.
    private static String passed(byte[] input, int size) {
        CheckedInput checked = new CheckedInput();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (int at = 0; at < input.length; at += size) {
                out.writeBytes(checked.take(input, at, Math.min(size, input.length - at)));
            }
        } catch (IOException refused) {
            // What was taken before depends on how it was cut.
            return "refused";
        }
        return out.toString(ISO_8859_1);
    }

    private static String passed(String said) {
        return passed(said.getBytes(ISO_8859_1), 1000);
    }

    /// A message with headers, `words` being what stands before the lengths.
    private static String message(String words, String headers, String content) {
        int size = headers.length();
        return words + " " + size + " " + (size + content.length()) + "\r\n" + headers + content + "\r\n";
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String said : List.of(
                "INFO {\"headers\":true}\r\nPING\r\n+OK\r\n",
                "MSG a.b 1 5\r\nhello\r\nMSG a.b 1 reply 0\r\n\r\nPONG\r\n",
                message("HMSG a.b 1", "NATS/1.0\r\nA: b\r\n\r\n", "hi") + "PING\r\n",
                message("HMSG a.b 1 $JS.ACK.s.c.1.2.3.4.5", "NATS/1.0 100 x\r\nA: b\r\n\r\n", "hi"),
                message("HMSG a.b 1 $JS.ACK.s.c.1.2.3.4.5", "NATS/1.0 503\r\n\r\n", ""),
                message("HMSG a.b 1", "NATS/1.0\r\nno colon\r\n\r\n", "hi"))) {
            seeds.add(said.getBytes(ISO_8859_1));
        }
        return seeds;
    }

    @Test
    void whatHasNoHeadersOrGoodOnesPassesAsItIs() {
        for (String said : List.of(
                "INFO {}\r\nPING\r\n-ERR 'x'\r\n",
                "MSG a.b 1 5\r\nhello\r\nMSG a.b 1 r 9\r\nHMSG a\r\nb\r\nPONG\r\n",
                message("HMSG a.b 1 r", "NATS/1.0\r\nHawser-Tag: 01234567\r\n\r\n", "hi") + "PING\r\n",
                message("HMSG inbox 1", "NATS/1.0 100 Idle Heartbeat\r\nA: b\r\n\r\n", ""),
                message("HMSG inbox 1", "NATS/1.0 503\r\n\r\n", ""))) {
            assertThat(passed(said)).isEqualTo(said);
        }
    }

    @Test
    void headersThatAreNoneAreReplaced() {
        for (String headers : List.of(
                "",
                "N",
                "NATS/1.0",
                "NATS/2.0\r\nA: b\r\n\r\n",
                "NATS/1.0\r\nA: b",
                "NATS/1.0\r\nno colon\r\n\r\n",
                "NATS/1.0 abc\r\n\r\n",
                "NATS/1.0 abc\r\nA: b\r\n\r\n")) {
            for (String words : List.of("HMSG a.b 1", "HMSG a.b 1 $JS.ACK.s.c.1.2.3.4.5")) {
                assertThat(passed(message(words, headers, "hi") + "PING\r\n"))
                        .as(headers)
                        .isEqualTo(message(words, REPLACED, "hi") + "PING\r\n");
            }
        }
    }

    @Test
    void aMessageThatIsKeptHasNoStatus() {
        String words = "HMSG a.b 1 $JS.ACK.s.c.1.2.3.4.5";
        assertThat(passed(message(words, "NATS/1.0 409 x\r\nA: b\r\n\r\n", "hi")))
                .isEqualTo(message(words, "NATS/1.0\r\nA: b\r\n\r\n", "hi"));
        assertThat(passed(message(words, "NATS/1.0 503\r\n\r\n", "hi") + "PING\r\n"))
                .isEqualTo("MSG a.b 1 $JS.ACK.s.c.1.2.3.4.5 2\r\nhi\r\nPING\r\n");
    }

    @Test
    void whatIsNoMessageIsRefused() {
        for (String said : List.of(
                "HMSG a 1 2\r\n", "HMSG a 1 9 5\r\n", "MSG a 1 x\r\n", "HMSG a 1 r 1 2 3\r\n", "x".repeat(2 << 20))) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new CheckedInput().take(said.getBytes(ISO_8859_1), 0, said.length()));
        }
    }

    @Test
    void whateverABrokerSendsComesOutAlikeHoweverItIsCut() {
        List<byte[]> seeds = seeds();
        for (byte[] seed : seeds) {
            for (int size = 0; size <= seed.length; size++) run(Arrays.copyOf(seed, size));
        }
        Random random = new Random(42);
        for (int round = 0; round < 5000; round++) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                input[random.nextInt(input.length)] = (byte) random.nextInt();
            }
            run(input);
        }
    }

    private static void run(byte[] input) {
        try {
            fuzzerTestOneInput(input.clone());
        } catch (RuntimeException | Error failure) {
            throw new AssertionError("with the bytes " + HexFormat.of().formatHex(input), failure);
        }
    }
}
