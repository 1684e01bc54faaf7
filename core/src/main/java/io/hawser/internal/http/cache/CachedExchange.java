package io.hawser.internal.http.cache;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.HawserException;
import io.hawser.LimitExceeded;
import io.hawser.http.Body;
import io.hawser.http.CacheEntry;
import io.hawser.http.HttpHandler;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.http.EntityTags;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.Preconditions;
import io.hawser.internal.http.SingleFlight.Landing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One request on its way through a cache. Source: RFC 9111 section 4
public final class CachedExchange {
    /// So much of an answer is read before it is passed on, so that those who wait for it get it at once.
    private static final long EAGER_BYTES = 1 << 20;

    /// What is about a part or a state that the caller knows of: left to it and the origin.
    private static final List<String> BYPASSING =
            List.of(Names.RANGE, Names.IF_RANGE, Names.IF_MATCH, Names.IF_UNMODIFIED_SINCE, Names.UPGRADE);

    private final CacheCore core;
    private final Request request;
    private final HttpHandler next;
    private final Directives asked;
    private final String key;

    private CachedExchange(CacheCore core, Request request, HttpHandler next) {
        this.core = core;
        this.request = request;
        this.next = next;
        this.asked = Directives.of(request.headers());
        this.key = CacheKeys.of(request);
    }

    /// The answer to `request`, by `next` or in its place.
    public static Response run(CacheCore core, Request request, HttpHandler next) throws Exception {
        boolean reads = request.method().equals(Method.GET) || request.method().equals(Method.HEAD);
        CachedExchange exchange = new CachedExchange(core, request, next);
        if (!reads) return exchange.changing();
        // The key says nothing of a body, so an answer that depends on one is nobody else's.
        boolean hasBody = request.body().length().orElse(Long.MAX_VALUE) > 0;
        boolean bypasses =
                hasBody || exchange.asked.has("no-store") || BYPASSING.stream().anyMatch(request.headers()::has);
        return bypasses ? exchange.pass("bypass") : exchange.read();
    }

    private Response changing() throws Exception {
        Response response = pass("method");
        if (!request.method().isSafe()) core.invalidate(request, response);
        return response;
    }

    private Response pass(String why) throws Exception {
        return finish(next.handle(request), CacheStatus.forwarded(name(), why));
    }

    private Response finish(Response response, CacheStatus status) {
        boolean hides = core.config.shared();
        Response shown = hides ? response.withHeaders(CacheKeys.withoutTags(response.headers())) : response;
        return status.on(shown);
    }

    private Response read() throws Exception {
        Instant now = core.time.now();
        List<CacheEntry> variants = core.store.load(key);
        Optional<CacheEntry> found = Variants.select(variants, request.headers());
        if (found.isEmpty()) return missing(variants.isEmpty() ? "uri-miss" : "vary-miss");
        CacheEntry entry = found.get();
        Reuse reuse = reuse(entry, now);
        return switch (reuse.verdict()) {
            case FRESH -> hit(entry, reuse);
            case STALE -> staleHit(entry, reuse);
            case STALE_WHILE_REVALIDATE -> {
                refreshLater(entry);
                yield staleHit(entry, reuse);
            }
            case VALIDATE -> ask(entry, reuse, "stale");
            case VALIDATE_AS_ASKED -> ask(entry, reuse, "request");
        };
    }

    private Response ask(CacheEntry entry, Reuse reuse, String why) throws Exception {
        if (asked.has("only-if-cached")) return unavailable();
        return request.method().equals(Method.HEAD) ? head(entry, why) : outdated(entry, reuse, why);
    }

    private Reuse reuse(CacheEntry entry, Instant now) {
        return Reuse.of(entry, request.headers(), core.freshness, core.config.staleIfError(), now);
    }

    private Response hit(CacheEntry entry, Reuse reuse) {
        core.tally.hits.increment();
        return serve(entry, reuse.age(), CacheStatus.hit(name(), reuse.timeToLive()));
    }

    private Response staleHit(CacheEntry entry, Reuse reuse) {
        core.tally.stale.increment();
        return hit(entry, reuse);
    }

    private Response unavailable() {
        Response none = Response.of(Status.GATEWAY_TIMEOUT);
        return CacheStatus.forwarded(name(), "miss")
                .adding("detail=only-if-cached")
                .on(none);
    }

    /// A stored answer for this caller, who may have it already.
    private Response serve(CacheEntry entry, long age, CacheStatus status) {
        Body content = request.method().equals(Method.HEAD) ? Body.empty() : Body.of(entry.content());
        Response stored = Response.of(entry.status(), entry.headers().with("Age", Long.toString(age)), content);
        if (request.method().equals(Method.HEAD) && !Status.isBodiless(entry.status())) {
            stored = stored.withHeader(
                    Names.CONTENT_LENGTH, Integer.toString(entry.content().size()));
        }
        boolean conditional =
                request.headers().has(Names.IF_NONE_MATCH) || request.headers().has(Names.IF_MODIFIED_SINCE);
        if (conditional && entry.status() == Status.OK) {
            String tag = entry.headers().value(Names.ETAG, "");
            int verdict = Preconditions.judge(request, tag, Freshness.lastModified(entry.headers()));
            if (verdict == Status.NOT_MODIFIED) stored = Preconditions.notModified(stored);
        }
        return finish(stored, status);
    }

    // Nothing stored.

    private Response missing(String why) throws Exception {
        if (asked.has("only-if-cached")) return unavailable();
        core.tally.misses.increment();
        boolean alone = request.method().equals(Method.HEAD)
                || request.headers().has(Names.IF_NONE_MATCH)
                || request.headers().has(Names.IF_MODIFIED_SINCE)
                || core.isUncacheable(key);
        if (alone) return fetch(request, why);
        return together(() -> fetch(request, why), why);
    }

    private interface Fetch {
        Response run() throws Exception;
    }

    /// One of all who want the same asks for it; the others take it from the store, or ask by themselves
    /// after all.
    private Response together(Fetch fetch, String why) throws Exception {
        // Who comes when the one has just landed looks again, too.
        Landing<Response> landing = core.flights.run(key, () -> {
            Optional<Response> landed = landed(why);
            return landed.isPresent() ? landed.get() : fetch.run();
        });
        if (!landing.isShared()) return landing.value();
        Optional<Response> landed = landed(why);
        return landed.isPresent() ? landed.get() : fetch.run();
    }

    /// What somebody else has brought meanwhile, if it will do.
    private Optional<Response> landed(String why) {
        Optional<CacheEntry> entry = Variants.select(core.store.load(key), request.headers());
        if (entry.isEmpty()) return Optional.empty();
        Reuse reuse = reuse(entry.get(), core.time.now());
        if (reuse.verdict() != Reuse.Verdict.FRESH) return Optional.empty();
        core.tally.collapsed.increment();
        CacheStatus status = CacheStatus.forwarded(name(), why).adding("collapsed");
        return Optional.of(serve(entry.get(), reuse.age(), status));
    }

    private Response fetch(Request sent, String why) throws Exception {
        Instant requested = core.time.now();
        Response response = next.handle(sent);
        return take(response, requested, CacheStatus.forwarded(name(), why));
    }

    /// Passes an answer on, and stores it if it may be.
    private Response take(Response response, Instant requested, CacheStatus status) {
        Instant received = core.time.now();
        status.answered(response.status());
        OptionalLong length = response.body().length();
        long max = core.config.maxEntryBytes();
        if (!core.storing.mayStore(request, response, received)) {
            boolean says = request.method().equals(Method.GET) && response.status() != Status.NOT_MODIFIED;
            if (says) core.markUncacheable(key);
            return finish(response, status);
        }
        if (length.orElse(0) > max) return finish(response, status);
        RecordedBody body = new RecordedBody(response.body(), max);
        Optional<Bytes> whole = readAhead(body, Math.min(EAGER_BYTES, max + 1));
        if (whole.isPresent()) {
            if (core.keep(key, request, response, whole.get(), requested, received)) status.adding("stored");
        } else {
            body.atEnd(content -> {
                var _ = core.keep(key, request, response, content, requested, received);
            });
        }
        return finish(Response.of(response.status(), response.headers(), body), status);
    }

    private static Optional<Bytes> readAhead(RecordedBody body, long bytes) {
        try {
            return body.readAhead(bytes);
        } catch (HawserException | UncheckedIOException failure) {
            body.close();
            throw failure;
        }
    }

    // Something stored that is stale, or that the caller wants validated.

    private Response outdated(CacheEntry entry, Reuse reuse, String why) throws Exception {
        try {
            Response response = together(() -> validate(entry, why), why);
            if (response.status() < 500 || !reuse.serves()) return response;
            response.body().close();
        } catch (HawserException | IOException failure) {
            if (!reuse.serves() || failure instanceof LimitExceeded || failure instanceof Cancelled) throw failure;
        }
        return staleHit(entry, reuse(entry, core.time.now()));
    }

    private Response validate(CacheEntry entry, String why) throws Exception {
        Instant requested = core.time.now();
        Response response = next.handle(conditional(entry));
        if (response.status() == Status.NOT_MODIFIED) {
            response.body().close();
            return confirmed(entry, response, requested, why);
        }
        boolean replaces = response.status() < 500;
        if (replaces && !core.storing.mayStore(request, response, core.time.now())) core.drop(key, entry);
        if (replaces) core.tally.misses.increment();
        return take(response, requested, CacheStatus.forwarded(name(), why));
    }

    private Request conditional(CacheEntry entry) {
        Request sent = request.withoutHeader(Names.IF_NONE_MATCH).withoutHeader(Names.IF_MODIFIED_SINCE);
        Optional<String> tag = entry.headers().first(Names.ETAG);
        Optional<String> modified = entry.headers().first(Names.LAST_MODIFIED);
        if (tag.isPresent()) sent = sent.withHeader(Names.IF_NONE_MATCH, tag.get());
        if (modified.isPresent()) sent = sent.withHeader(Names.IF_MODIFIED_SINCE, modified.get());
        return sent;
    }

    /// Source: RFC 9111 section 4.3.4
    private Response confirmed(CacheEntry entry, Response confirmation, Instant requested, String why)
            throws Exception {
        String tag = confirmation.headers().value(Names.ETAG, "");
        String storedTag = entry.headers().value(Names.ETAG, "");
        if (!tag.isEmpty() && !EntityTags.areEqual(tag, storedTag, false)) {
            // It confirms something else than what is stored.
            core.drop(key, entry);
            return fetch(request.withoutHeader(Names.IF_NONE_MATCH).withoutHeader(Names.IF_MODIFIED_SINCE), why);
        }
        Instant received = core.time.now();
        CacheEntry fresh =
                entry.refreshed(Storing.merged(entry.headers(), confirmation.headers()), requested, received);
        core.replace(key, entry, fresh);
        core.tally.validated.increment();
        CacheStatus status = CacheStatus.forwarded(name(), why).answered(Status.NOT_MODIFIED);
        return serve(fresh, Freshness.age(fresh, received), status);
    }

    /// HEAD is never stored, but what it says of a stored answer is believed. Source: RFC 9111 section 4.3.5
    private Response head(CacheEntry entry, String why) throws Exception {
        Instant requested = core.time.now();
        Response response = next.handle(request);
        if (response.status() == Status.OK && !isOf(entry, response)) core.drop(key, entry);
        else if (response.status() == Status.OK) {
            core.replace(
                    key,
                    entry,
                    entry.refreshed(Storing.merged(entry.headers(), response.headers()), requested, core.time.now()));
        }
        return finish(response, CacheStatus.forwarded(name(), why).answered(response.status()));
    }

    private static boolean isOf(CacheEntry entry, Response response) {
        for (String validator : List.of(Names.ETAG, Names.LAST_MODIFIED)) {
            Optional<String> said = response.header(validator);
            if (said.isPresent() && !said.equals(entry.headers().first(validator))) return false;
        }
        Optional<String> length = response.header(Names.CONTENT_LENGTH);
        return length.isEmpty()
                || length.get().equals(Integer.toString(entry.content().size()));
    }

    private void refreshLater(CacheEntry entry) {
        core.background.run(key, () -> {
            // Also where HEAD found it: what is stored is the answer to GET.
            CachedExchange get = new CachedExchange(core, request.withMethod(Method.GET), next);
            Landing<Response> landing = core.flights.run(key, () -> get.validate(entry, "stale"));
            if (!landing.isShared()) drain(landing.value().body());
            return landing;
        });
    }

    /// What is not yet stored is once it was read.
    private static void drain(Body body) {
        try (body) {
            Bytes piece = body.read();
            while (!piece.isEmpty()) piece = body.read();
        }
    }

    private String name() {
        return core.config.name();
    }
}
