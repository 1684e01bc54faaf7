package io.hawser.http;

import java.util.Optional;
import java.util.function.Predicate;

/// Which requests a server still answers when it has too many, and how.
///
/// @param kept what is answered on the connections that are kept for it when all others are taken
///     ([io.hawser.tcp.Protection#reserve()]); anything else is answered 503 there; default every path below
///     `/health/`
/// @param challenge stands around the handler for requests over the rate of their address: it may answer with a
///     riddle, or pass on who has solved one; by default they are answered 429 with `Retry-After`
public record Shedding(Predicate<Request> kept, Optional<Filter> challenge) {
    private static final Shedding DEFAULTS =
            new Shedding(request -> request.rawPath().startsWith("/health/"), Optional.empty());

    public static Shedding defaults() {
        return DEFAULTS;
    }

    public Shedding withKept(Predicate<Request> changed) {
        return new Shedding(changed, challenge);
    }

    public Shedding withChallenge(Filter changed) {
        return new Shedding(kept, Optional.of(changed));
    }
}
