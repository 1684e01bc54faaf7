package io.hawser.internal.http.cache;

import io.hawser.http.Headers;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.http.Names;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/// Which answers are stored, and what of them. Source: RFC 9111 section 3
///
/// What `private` or `no-cache` says of single fields is taken to be said of the whole answer. A shared cache stores
/// no answer that sets a cookie, unless that is marked for it (`public`, `s-maxage`).
record Storing(Freshness freshness) {
    /// Fields of one connection. Source: RFC 9111 section 3.1
    private static final Set<String> OF_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    boolean mayStore(Request request, Response response, Instant received) {
        int status = response.status();
        Headers headers = response.headers();
        Directives asked = Directives.of(request.headers());
        Directives said = Directives.of(headers);
        if (!request.method().equals(Method.GET) || asked.has("no-store")) return false;
        if (status < 200 || status == Status.PARTIAL_CONTENT || status == Status.NOT_MODIFIED) return false;
        if (response.upgrade().isPresent() || headers.lists(Names.VARY, "*") || isLive(headers)) return false;
        boolean understood = Freshness.isHeuristic(status);
        if (said.has("must-understand") && !understood) return false;
        if (said.has("no-store") && !said.has("must-understand")) return false;
        if (freshness.isShared() && !mayShare(request, headers, said)) return false;
        boolean allowed = freshness.isExplicit(headers, said)
                || understood
                || said.has("public")
                || (said.has("private") && !freshness.isShared());
        return allowed && isUseful(status, headers, said, received);
    }

    private static boolean mayShare(Request request, Headers headers, Directives said) {
        if (said.has("private")) return false;
        boolean marked = said.has("public") || said.has("s-maxage");
        if (request.headers().has(Names.AUTHORIZATION) && !marked && !said.has("must-revalidate")) return false;
        return !headers.has(Names.SET_COOKIE) || marked;
    }

    /// One that could never be used again is not worth its room.
    private boolean isUseful(int status, Headers headers, Directives said, Instant received) {
        if (headers.has(Names.ETAG) || Freshness.lastModified(headers).isPresent()) return true;
        if (said.has("no-cache")) return false;
        return freshness.lifetime(status, headers, said, received) > 0
                || said.seconds("stale-while-revalidate").orElse(0) > 0
                || said.seconds("stale-if-error").orElse(0) > 0;
    }

    private static boolean isLive(Headers headers) {
        return headers.value(Names.CONTENT_TYPE, "").startsWith("text/event-stream");
    }

    /// The fields that are stored.
    static Headers kept(Headers headers) {
        Headers.Builder kept = headers.toBuilder();
        for (String name : headers.list(Names.CONNECTION)) kept.remove(name);
        OF_CONNECTION.forEach(kept::remove);
        return kept.build();
    }

    /// The stored fields with those of a 304 in their place, but for what is about the content.
    ///
    /// Source: RFC 9111 section 3.2
    static Headers merged(Headers stored, Headers confirmed) {
        Headers.Builder merged = stored.toBuilder();
        // An age that was told of the stored answer is none of the new one.
        merged.remove("Age");
        Headers fresh = kept(confirmed);
        for (String name : fresh.names()) {
            if (isOfContent(name)) continue;
            merged.remove(name);
            for (String value : fresh.all(name)) merged.add(name, value);
        }
        return merged.build();
    }

    private static boolean isOfContent(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "content-length", "content-encoding", "content-type", "content-range", "content-md5" -> true;
            default -> false;
        };
    }
}
