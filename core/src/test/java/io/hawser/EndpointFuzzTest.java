package io.hawser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.testing.Fuzzing;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

public final class EndpointFuzzTest {
    private static final long SEED = 0x4841575345525fL;
    private static final List<String> PIECES = List.of(
            "localhost",
            "a",
            "-",
            "_",
            ".",
            "..",
            ":",
            "::",
            "[",
            "]",
            "%",
            "%eth0",
            "0",
            "1",
            "255",
            "256",
            "65535",
            "65536",
            "0x7f",
            "ffff",
            "fe80",
            "12345",
            ",",
            " ",
            "1.2.3.4",
            "[::1]",
            ":80",
            "é",
            "\u0000",
            "\ud83d",
            "\n");

    public static void fuzzerTestOneInput(byte[] input) {
        parsesOrIsRefused(new String(input, StandardCharsets.UTF_8));
    }

    static List<byte[]> seeds() {
        return Fuzzing.seeds(
                "localhost:80",
                "[fe80::1%eth0]:65535",
                "1.2.3.4",
                "::ffff:1.2.3.4",
                "a-b.c_d.:0",
                ":80",
                "unix:/a\nb",
                "unix:/::ffff:1.2.3.4");
    }

    @Test
    void bytesParseToWhatPrintsBackOrAreRefused() {
        Fuzzing.check(seeds(), EndpointFuzzTest::fuzzerTestOneInput);
    }

    @Test
    void anyTextParsesToWhatPrintsBackOrIsRefused() {
        Random random = new Random(SEED);
        int good = 0;
        for (int i = 0; i < 60_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(7); pieces >= 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            if (random.nextInt(3) == 0) text.append(":80");
            if (parsesOrIsRefused(text.toString())) good++;
        }
        assertThat(good).isGreaterThan(500);
    }

    @Test
    void anyAddressPrintsToTextThatIsReadAlikeByUsAndByTheJdk() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[16];
            // Half of the groups are zero, so that every shape of '::' comes up.
            for (int group = 0; group < 8; group++) {
                if (random.nextBoolean()) continue;
                bytes[2 * group] = (byte) (random.nextBoolean() ? 0 : random.nextInt());
                bytes[2 * group + 1] = (byte) random.nextInt();
            }
            String printed = IpLiteral.print(bytes);
            assertThat(new IpText(new ParsedText(printed)).ipv6(0, printed.length()))
                    .as(printed)
                    .isEqualTo(bytes);
            assertThat(InetAddress.ofLiteral(printed)).isEqualTo(InetAddress.getByAddress(bytes));
        }
    }

    private static boolean parsesOrIsRefused(String text) {
        Endpoint endpoint;
        try {
            endpoint = Endpoint.parse(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage())
                    .as(text)
                    .containsAnyOf(" at index ", "socket path '")
                    .doesNotContain("\n");
            return false;
        }
        assertThat(Endpoint.parse(endpoint.toString())).as(text).isEqualTo(endpoint);
        if (!endpoint.isUnix())
            assertThat(endpoint.host())
                    .isEqualTo(Endpoint.of(endpoint.host(), 1).host());
        assertThat(Endpoint.list(endpoint + "," + text)).containsExactly(endpoint, endpoint);
        return true;
    }
}
