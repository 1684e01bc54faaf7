package io.hawser.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ProtocolError;
import io.hawser.http.Headers;
import io.hawser.testing.Fuzzing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What fields of HTTP hold: ranges lie within the content, dates and quoted texts print back, lists lose
/// nothing, and what proxies are said to say is an address or nothing.
public final class FieldFuzzTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    public static void fuzzerTestOneInput(byte[] input) {
        String text = Fuzzing.text(input);
        ranges(text);
        dates(text);
        lists(text);
        forwarded(text);
        percent(text, new String(input, StandardCharsets.UTF_8));
        for (Challenges.Challenge challenge : Challenges.parse(List.of(text))) {
            assertThat(challenge.scheme()).isLowerCase();
            assertThat(challenge.parameters().size()).isLessThanOrEqualTo(input.length);
        }
    }

    private static void ranges(String text) {
        for (long size : new long[] {0, 1, 10, 100_000}) {
            Optional<List<ByteRanges.ByteRange>> ranges = ByteRanges.parse(text, size);
            if (ranges.isEmpty()) continue;
            long total = 0;
            for (ByteRanges.ByteRange range : ranges.get()) {
                assertThat(range.first()).isBetween(0L, range.last());
                assertThat(range.last()).isLessThan(size);
                total += range.length();
            }
            assertThat(total).isLessThanOrEqualTo(size);
        }
    }

    private static void dates(String text) {
        HttpDates.parse(text, NOW)
                .ifPresent(moment -> assertThat(HttpDates.parse(HttpDates.format(moment), NOW))
                        .contains(moment));
    }

    private static void lists(String text) {
        List<String> members = new ArrayList<>();
        FieldLists.split(text, members);
        for (String member : members) {
            assertThat(member).isNotEmpty();
            assertThat(FieldLists.contains(text, member)).isTrue();
        }
        assertThat(FieldLists.unquote(FieldLists.quote(text))).isEqualTo(text);
    }

    private static void forwarded(String text) {
        Headers headers;
        try {
            headers = Headers.of(
                    "Forwarded", text, "X-Forwarded-For", text, "X-Forwarded-Proto", text, "X-Forwarded-Host", text);
        } catch (IllegalArgumentException notAValue) {
            return;
        }
        List<ForwardedElements.Hop> hops = new ArrayList<>(ForwardedElements.standard(headers));
        hops.addAll(ForwardedElements.customary(headers));
        for (ForwardedElements.Hop hop : hops) {
            hop.client().ifPresent(client -> assertThat(client.isIpLiteral()).isTrue());
            assertThat(hop.scheme()).isIn("", "http", "https");
            assertThat(hop.host()).doesNotContain("/", " ", "\t", "@", "?", "#");
        }
    }

    private static void percent(String text, String unicode) {
        assertThat(Percent.decode(Percent.encode(unicode))).isEqualTo(unicode);
        assertThat(Percent.decodeForm(Percent.encodeForm(unicode))).isEqualTo(unicode);
        assertThat(Percent.encodeSegment(unicode)).doesNotContain("/", "?", "#", " ", "\r", "\n");
        try {
            String plain = Percent.decode(text);
            assertThat(Percent.decode(Percent.encode(plain))).isEqualTo(plain);
        } catch (ProtocolError broken) {
            assertThat(broken.code()).isEqualTo(400);
        }
    }

    static List<byte[]> seeds() {
        return Fuzzing.seeds(
                "bytes=0-4, 6-, -2",
                "bytes=9223372036854775807-",
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "for=192.0.2.1;proto=https;host=\"a.example:1\", for=\"[2001:db8::1]:80\"",
                "192.0.2.1, 2001:db8::1, unknown",
                "for=unix:/a;host=\"unix:/a\", unix:/a",
                "unix:/",
                "Digest realm=\"a, b\", nonce=\"x\\\"y\", Basic, Bearer error=invalid",
                "a%20b+c%C3%A9%2f",
                "max-age=60, private=\"a, b\", x");
    }

    @Test
    void anyTextIsReadOrRefused() {
        Fuzzing.check(seeds(), FieldFuzzTest::fuzzerTestOneInput);
    }
}
