package io.hawser.hub.access;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.TimeSource;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.Registration;
import io.hawser.internal.http.Credentials;
import io.hawser.internal.http.Hmac;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/// Tells who somebody is by what he shows.
///
/// Thread: safe from any; nothing waits.
public final class Authenticator {
    private static final int NONCE_BYTES = 24;
    private static final Duration HOOK_PATIENCE = Duration.ofSeconds(10);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Bytes NOBODYS_SECRET = Bytes.ofUtf8("a secret that nobody has");

    private final Optional<String> adminToken;
    private final Optional<JwtVerifier> jwt;
    private final Optional<AuthHook> hook;
    private final Duration hookPatience;
    private final Map<String, Bytes> secrets;
    private final boolean isCertificateEnough;
    private final boolean isOpen;
    private final Permissions permissions;
    private final FailureLimit failures;

    /// @param isLoopback whether the hub listens on a loopback address
    public Authenticator(AccessConfig config, boolean isLoopback) {
        this(config, isLoopback, TimeSource.system(), HOOK_PATIENCE);
    }

    Authenticator(AccessConfig config, boolean isLoopback, TimeSource time, Duration hookPatience) {
        this.hookPatience = hookPatience;
        this.failures = new FailureLimit(time);
        AuthConfig auth = config.auth();
        this.adminToken = config.adminToken();
        this.jwt = auth.jwt().map(JwtVerifier::new);
        this.hook = auth.hook();
        this.secrets = auth.secrets();
        this.isCertificateEnough = auth.isCertificateEnough();
        this.isOpen = auth.isNone() && isLoopback;
        this.permissions =
                new Permissions(auth.grants(), isOpen && config.adminToken().isEmpty());
    }

    /// Whether nobody at `remote` has to prove anything. What a proxy brings from elsewhere is not of this
    /// machine, though the hub listens for it here.
    public boolean isOpen(Endpoint remote) {
        return isOpen && remote.isLoopback();
    }

    /// What whom is granted.
    public Permissions permissions() {
        return permissions;
    }

    /// Of those who guess the admin token, in whatever way.
    FailureLimit failures() {
        return failures;
    }

    /// Lets the wrong tokens of all nodes count on each, until what it gives is closed.
    public Registration shareFailures(Backplane backplane) {
        return SharedFailures.begin(failures, backplane);
    }

    /// Whether that is the admin token: one try of `remote`, which is not made while it has to wait.
    boolean isAdmin(String token, Endpoint remote) {
        return adminToken.isPresent() && failures.isRight(remote, () -> Credentials.areEqual(adminToken.get(), token));
    }

    /// Who a bearer token is of. Where too many from `remote` were not good, none is taken for the admin
    /// token for a while; those of users are. A user's that is merely too old is no guess.
    public CompletionStage<Optional<Identity>> bearer(String token, Endpoint remote) {
        boolean mayBeAdmin = adminToken.isPresent() && failures.begin(remote);
        if (mayBeAdmin && Credentials.areEqual(adminToken.get(), token)) {
            failures.end(remote, true);
            return CompletableFuture.completedFuture(Optional.of(Identity.ADMIN));
        }
        return user(token, remote).handle((found, failure) -> {
            boolean isSomebodys = failure == null && found.isKnown();
            if (mayBeAdmin) failures.end(remote, isSomebodys);
            return isSomebodys ? found.identity() : Optional.empty();
        });
    }

    private CompletableFuture<TokenOwner> user(String token, Endpoint remote) {
        CompletableFuture<TokenOwner> known = jwt.map(verifier -> verifier.owner(token))
                .orElseGet(() -> CompletableFuture.completedFuture(TokenOwner.NOBODY));
        if (hook.isEmpty()) return known;
        return known.thenCompose(owner -> owner.identity().isPresent()
                ? CompletableFuture.completedFuture(owner)
                : hooked(token, remote)
                        .thenApply(found -> found.map(TokenOwner::of).orElse(owner)));
    }

    private CompletionStage<Optional<Identity>> hooked(String token, Endpoint remote) {
        try {
            return hook.orElseThrow()
                    .identify(token, remote)
                    .thenApply(Objects::requireNonNull)
                    .toCompletableFuture()
                    .orTimeout(hookPatience.toNanos(), TimeUnit.NANOSECONDS)
                    .exceptionally(failure -> Optional.empty());
        } catch (RuntimeException failure) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    /// Who a client certificate is of, which TLS has verified; nobody if its subject is no name of a user.
    public Optional<Identity> certificate(Optional<SSLSession> tls) {
        if (!isCertificateEnough) return Optional.empty();
        return tls.flatMap(Certificates::subject).filter(Identity::isName).map(Identity::of);
    }

    /// Whether a challenge can be answered at all.
    public boolean hasSecrets() {
        return !secrets.isEmpty();
    }

    /// What a peer has to sign, never the same.
    public static String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /// Who has signed `nonce`: an HMAC-SHA256, with the secret of the user, of `hawser.v1`, the nonce
    /// and the name, with a zero byte between.
    public Optional<Identity> proof(String user, String nonce, Bytes proof) {
        Bytes secret = secrets.get(user);
        byte[] expected = sign(secret == null ? NOBODYS_SECRET : secret, user, nonce);
        boolean isRight = MessageDigest.isEqual(expected, proof.toArray());
        return isRight && secret != null ? Optional.of(Identity.of(user)) : Optional.empty();
    }

    private static byte[] sign(Bytes secret, String user, String nonce) {
        return Hmac.of(secret).sign(Bytes.ofUtf8("hawser.v1\0" + nonce + "\0" + user));
    }
}
