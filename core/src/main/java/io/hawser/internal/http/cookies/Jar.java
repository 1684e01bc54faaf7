package io.hawser.internal.http.cookies;

import io.hawser.http.Headers;
import io.hawser.http.Request;
import io.hawser.http.StoredCookie;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What a cookie jar does, without its clock and its file.
public final class Jar {
    private final CookieRules rules = CookieRules.STANDARD;
    private final CookieStore store;

    public Jar(int max, int maxPerDomain) {
        this.store = new CookieStore(max, maxPerDomain);
    }

    /// `request` with the cookies that go along; one that the request has itself counts before one of the jar.
    public Request apply(Request request, Instant now) {
        List<StoredCookie> cookies = store.sentWith(Origin.of(request), request.rawPath(), now);
        if (cookies.isEmpty()) return request;
        List<String> pairs = new ArrayList<>(request.headers().all(Names.COOKIE));
        String own = String.join("; ", pairs);
        for (StoredCookie cookie : cookies) {
            if (!own.isEmpty() && ("; " + own).contains("; " + cookie.name() + "=")) continue;
            pairs.add(cookie.name().isEmpty() ? cookie.value() : cookie.name() + "=" + cookie.value());
        }
        return request.withHeader(Names.COOKIE, String.join("; ", pairs));
    }

    /// Keeps what an answer to `request` sets.
    public void learn(Request request, Headers response, Instant now) {
        boolean secure = Origin.of(request).isSecure();
        for (String field : response.all(Names.SET_COOKIE)) {
            Optional<StoredCookie> cookie = rules.judge(request, field, now);
            cookie.ifPresent(judged -> store.put(judged, secure, now));
        }
    }

    public List<StoredCookie> all(Instant now) {
        return store.all(now);
    }

    public void removeIf(Predicate<StoredCookie> which) {
        store.removeIf(which);
    }

    public void load(Path path, Instant now) throws IOException {
        for (StoredCookie cookie : CookieFile.read(path)) store.put(cookie, true, now);
    }

    /// Writes the cookies with a date, and returns how far the changes had come.
    public long save(Path path, Instant now) throws IOException {
        long before = store.changes();
        List<StoredCookie> lasting = store.all(now).stream()
                .filter(cookie -> cookie.expires().isPresent())
                .toList();
        CookieFile.write(path, lasting);
        return before;
    }

    public long changes() {
        return store.changes();
    }
}
