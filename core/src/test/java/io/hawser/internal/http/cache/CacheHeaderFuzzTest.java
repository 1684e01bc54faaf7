package io.hawser.internal.http.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.CacheEntry;
import io.hawser.http.Headers;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.testing.Fuzzing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/// Whatever an origin says of caching: ages and lifetimes are never negative, `no-store` is never stored,
/// `private` never by a shared cache, and what a store on disk reads back is what was written or nothing.
public final class CacheHeaderFuzzTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    public static void fuzzerTestOneInput(byte[] input) {
        damaged(input);
        damaged(summed(input));
        Fuzzing.headers(input).ifPresent(said -> {
            check(said, false);
            check(said, true);
        });
    }

    private static void check(Headers said, boolean shared) {
        Freshness freshness = new Freshness(shared, 10, Duration.ofDays(1));
        Directives directives = Directives.of(said);
        Response response = Response.of(200, said, Body.empty());
        boolean stores = new Storing(freshness).mayStore(Request.get("/"), response, NOW);
        if (directives.has("no-store") && !directives.has("must-understand"))
            assertThat(stores).isFalse();
        if (shared && directives.has("private")) assertThat(stores).isFalse();
        CacheEntry entry =
                new CacheEntry(200, Storing.kept(said), Bytes.EMPTY, NOW.minusSeconds(1), NOW, Map.of(), List.of());
        assertThat(freshness.lifetime(entry)).isNotNegative();
        assertThat(Freshness.age(entry, NOW)).isNotNegative();
        assertThat(Freshness.age(entry, NOW.plusSeconds(10))).isEqualTo(Freshness.age(entry, NOW) + 10);
        assertThat(Storing.kept(Storing.kept(said))).isEqualTo(Storing.kept(said));
        byte[] file = EntryFormat.write("k", List.of(entry)).toArray();
        try {
            assertThat(EntryFormat.read(file).variants()).containsExactly(entry);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /// With the sum that belongs to it, without which nothing else of it would be looked at.
    private static byte[] summed(byte[] file) {
        CRC32C sum = new CRC32C();
        sum.update(file);
        return ByteBuffer.allocate(file.length + 4)
                .put(file)
                .putInt((int) sum.getValue())
                .array();
    }

    /// Whatever a file holds, it is that or damaged: what was read of it is written and read back the same.
    private static void damaged(byte[] file) {
        EntryFormat.Content content;
        try {
            content = EntryFormat.read(file);
        } catch (IOException damaged) {
            return;
        }
        Bytes again = EntryFormat.write(content.key(), content.variants());
        try {
            assertThat(EntryFormat.read(again.toArray())).isEqualTo(content);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /// A file without its sum.
    private static byte[] file(CacheEntry... entries) {
        byte[] whole = EntryFormat.write("GET http://h/", List.of(entries)).toArray();
        return Arrays.copyOf(whole, whole.length - 4);
    }

    static List<byte[]> seeds() {
        Headers headers = Headers.of("ETag", "\"x\"", "Vary", "Accept");
        CacheEntry entry = new CacheEntry(
                200, headers, Bytes.ofUtf8("content"), NOW, NOW, Map.of("accept", "a/b"), List.of("tag"));
        List<byte[]> seeds = new ArrayList<>(fields());
        seeds.add(file());
        seeds.add(file(entry));
        seeds.add(file(entry, new CacheEntry(404, Headers.EMPTY, Bytes.EMPTY, NOW, NOW, Map.of(), List.of())));
        return seeds;
    }

    private static List<byte[]> fields() {
        return Fuzzing.seeds(
                "Cache-Control: max-age=60, private=\"a\", s-maxage=5\nAge: 7\nVary: Accept",
                "Cache-Control: no-store, must-understand\nETag: \"x\"",
                "Expires: Sun, 06 Nov 1994 08:49:37 GMT\nDate: Sun, 06 Nov 2094 08:49:37 GMT\nLast-Modified: x",
                "Age: 99999999999999999999\nCache-Control: max-age=\"10\", stale-if-error=-1\nConnection: Age",
                "Expires: 0\nSet-Cookie: a=b\nCache-Control: public\nLast-Modified: Sun Nov  6 08:49:37 1994");
    }

    @Test
    void anyFieldsAreJudgedWithoutHarm() {
        Fuzzing.check(seeds(), CacheHeaderFuzzTest::fuzzerTestOneInput);
    }

    @Test
    void theSeedsAreFields() {
        assertThat(fields().stream().map(Fuzzing::headers)).allMatch(Optional::isPresent);
    }

    @Test
    void aFileIsDamagedWhereItIsCutLongerThanItSaysOrCountsBelowZero() throws IOException {
        byte[] none = file();
        assertThat(EntryFormat.read(summed(none)).variants()).isEmpty();
        assertThatIOException().isThrownBy(() -> EntryFormat.read(summed(Arrays.copyOf(none, none.length + 1))));
        for (int at : new int[] {4, none.length - 4}) {
            byte[] negative = none.clone();
            negative[at] = -1;
            assertThatIOException().isThrownBy(() -> EntryFormat.read(summed(negative)));
        }
        byte[] longer = none.clone();
        longer[7] = 120;
        assertThatIOException().isThrownBy(() -> EntryFormat.read(summed(longer)));
    }
}
