package io.hawser.internal.http.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.CacheEntry;
import io.hawser.http.Headers;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.testing.Fuzzing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whatever an origin says of caching: ages and lifetimes are never negative, `no-store` is never stored,
/// `private` never by a shared cache, and what a store on disk reads back is what was written or nothing.
public final class CacheHeaderFuzzTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    public static void fuzzerTestOneInput(byte[] input) {
        damaged(input);
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

    private static void damaged(byte[] file) {
        try {
            EntryFormat.read(file);
        } catch (IOException damaged) {
            assertThat(damaged).isNotNull();
        }
    }

    static List<byte[]> seeds() {
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
        assertThat(seeds().stream().map(Fuzzing::headers)).allMatch(Optional::isPresent);
    }
}
