package io.hawser.http;

import io.hawser.internal.http.Again;
import io.hawser.internal.http.Challenges;
import io.hawser.internal.http.CrossedOrigin;
import io.hawser.internal.http.DigestChallenge;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.Origin;
import io.hawser.internal.http.RandomText;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Meets challenges of the scheme Digest, with SHA-256 where it is offered and MD5 otherwise.
///
/// The first request to an origin is sent as it is and, challenged, once again; later ones answer the challenge
/// at once, counting up its nonce, and take a new nonce where the server gives one. A request whose body cannot
/// be sent twice keeps the 401, and the next one answers its challenge. Passes on what has `Authorization`
/// already, and what [Redirects] led elsewhere.
///
/// Thread: safe from any. Source: RFC 7616
public final class DigestAuthorization implements Filter {
    private static final int MAX_ORIGINS = 1_000;
    private static final int NONCE_LENGTH = 26;

    private final String user;
    private final String password;
    private final Supplier<String> nonces;
    private final Map<Origin, DigestChallenge> known = new ConcurrentHashMap<>();

    private DigestAuthorization(String user, String password, Supplier<String> nonces) {
        this.user = user;
        this.password = password;
        this.nonces = nonces;
    }

    public static DigestAuthorization of(String user, String password) {
        return of(user, password, () -> RandomText.secret(NONCE_LENGTH));
    }

    static DigestAuthorization of(String user, String password, Supplier<String> nonces) {
        return new DigestAuthorization(user, password, nonces);
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        if (request.headers().has(Names.AUTHORIZATION) || CrossedOrigin.isMarked(request)) return next.handle(request);
        Origin origin = Origin.of(request);
        DigestChallenge used = known.get(origin);
        Response response = next.handle(used == null ? request : answering(request, used));
        if (response.status() != Status.UNAUTHORIZED) {
            if (used != null) takeNextNonce(origin, used, response);
            return response;
        }
        Optional<DigestChallenge> challenge = DigestChallenge.strongest(response.headers());
        if (challenge.isEmpty() || isRefusal(used, challenge.get())) return response;
        remember(origin, challenge.get());
        if (!Again.isPossible(request)) return response;
        response.body().close();
        Response second = next.handle(answering(request, challenge.get()));
        if (second.status() == Status.UNAUTHORIZED) known.remove(origin, challenge.get());
        else takeNextNonce(origin, challenge.get(), second);
        return second;
    }

    /// Whether the credentials themselves were turned down: the same again would be as well.
    private static boolean isRefusal(@Nullable DigestChallenge used, DigestChallenge given) {
        return used != null && !given.isStale() && given.nonce().equals(used.nonce());
    }

    private Request answering(Request request, DigestChallenge challenge) {
        String field = challenge.answer(request, user, password, nonces.get());
        return Again.of(request).withHeader(Names.AUTHORIZATION, field);
    }

    private void takeNextNonce(Origin origin, DigestChallenge used, Response response) {
        String info = response.headers().value("Authentication-Info", "");
        if (info.isEmpty()) return;
        String next = Challenges.parameters(info).getOrDefault("nextnonce", "");
        if (!next.isEmpty()) remember(origin, used.withNonce(next));
    }

    private void remember(Origin origin, DigestChallenge challenge) {
        if (known.size() >= MAX_ORIGINS) known.clear();
        known.put(origin, challenge);
    }
}
