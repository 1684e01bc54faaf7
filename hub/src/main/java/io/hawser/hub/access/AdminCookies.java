package io.hawser.hub.access;

import io.hawser.Endpoint;
import io.hawser.TimeSource;
import io.hawser.http.Request;
import io.hawser.http.SetCookie;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// The cookies of administrators, as they come back.
///
/// Who guesses the token can make a cookie with it, so one that this node has not seen is a try like any
/// other. One that was right before passes whatever others at the same address try: it can be stolen, but
/// not guessed. One that was wrong before is no new guess, so an old one in a browser costs one try, not one
/// for each request. At most 1,024 of each are remembered, the latest.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `right` and `wrong`; nothing else is called while it is held.
final class AdminCookies {
    private static final int MAX_SEEN = 1024;

    private final AdminCookie cookie;
    private final FailureLimit failures;
    private final TimeSource time;
    private final SequencedSet<String> right = new LinkedHashSet<>();
    private final SequencedSet<String> wrong = new LinkedHashSet<>();

    AdminCookies(String token, FailureLimit failures, TimeSource time) {
        this.cookie = new AdminCookie(token);
        this.failures = failures;
        this.time = time;
    }

    /// A new one, for whoever has shown the token.
    SetCookie issue(boolean isSecure) {
        String value = cookie.issue(time.now());
        remember(right, cookie.mark(value));
        return AdminCookie.field(value, isSecure);
    }

    /// Until when the one on `request` is good; empty if there is none that is.
    Optional<Instant> expiry(Request request) {
        Optional<String> shown = AdminCookie.shown(request);
        if (shown.isEmpty()) return Optional.empty();
        String mark = cookie.mark(shown.get());
        Optional<Instant> expiry =
                isIn(right, mark) ? cookie.expiry(shown.get()) : tried(shown.get(), mark, request.remote());
        return expiry.filter(time.now()::isBefore);
    }

    private Optional<Instant> tried(String value, String mark, Endpoint from) {
        if (isIn(wrong, mark) || failures.pause(from).isPresent()) return Optional.empty();
        Optional<Instant> expiry = cookie.expiry(value);
        if (!failures.isRight(from, expiry::isPresent)) {
            if (expiry.isEmpty()) remember(wrong, mark);
            return Optional.empty();
        }
        remember(right, mark);
        return expiry;
    }

    private synchronized boolean isIn(SequencedSet<String> seen, String mark) {
        return seen.contains(mark);
    }

    private synchronized void remember(SequencedSet<String> seen, String mark) {
        seen.addLast(mark);
        if (seen.size() > MAX_SEEN) seen.removeFirst();
    }
}
