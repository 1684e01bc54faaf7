package io.hawser.internal.http;

import io.hawser.http.Headers;
import io.hawser.http.Request;
import io.hawser.internal.http.Challenges.Challenge;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A challenge of the scheme Digest that can be met, and how often its nonce was used.
///
/// Thread: safe from any. Source: RFC 7616 section 3.4
public final class DigestChallenge {
    private final Challenge challenge;
    private final String algorithm;
    private final String nonce;
    private final boolean hasQop;
    private final AtomicInteger uses = new AtomicInteger();

    private DigestChallenge(Challenge challenge, String nonce) {
        this.challenge = challenge;
        this.algorithm = challenge.parameters().getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
        this.nonce = nonce;
        this.hasQop = !challenge.value("qop").isEmpty();
    }

    /// The strongest that `response` offers; none if there is none of a known algorithm, or without `qop=auth`.
    public static Optional<DigestChallenge> strongest(Headers response) {
        DigestChallenge best = null;
        for (Challenge offered : Challenges.parse(response.all(Names.WWW_AUTHENTICATE))) {
            DigestChallenge digest = new DigestChallenge(offered, offered.value("nonce"));
            if (!offered.scheme().equals("digest") || !digest.isUsable()) continue;
            if (best == null || (digest.isSha256() && !best.isSha256())) best = digest;
        }
        return Optional.ofNullable(best);
    }

    private boolean isUsable() {
        List<String> qops = new ArrayList<>();
        FieldLists.split(challenge.value("qop"), qops);
        boolean qop = qops.isEmpty() || qops.stream().anyMatch("auth"::equalsIgnoreCase);
        return qop
                && !nonce.isEmpty()
                && List.of("MD5", "MD5-SESS", "SHA-256", "SHA-256-SESS").contains(algorithm);
    }

    private boolean isSha256() {
        return algorithm.startsWith("SHA");
    }

    public String nonce() {
        return nonce;
    }

    /// Whether the credentials were right and only their nonce is too old.
    public boolean isStale() {
        return challenge.value("stale").equalsIgnoreCase("true");
    }

    /// This challenge with the nonce that an answer gave for the next request.
    public DigestChallenge withNonce(String next) {
        return new DigestChallenge(challenge, next);
    }

    /// The field `Authorization` for `request`.
    ///
    /// @param clientNonce fresh
    public String answer(Request request, String user, String password, String clientNonce) {
        String realm = challenge.value("realm");
        String target = Targets.withQuery(request.rawPath(), request.rawQuery());
        String count = "%08x".formatted(uses.incrementAndGet());
        String secret = hash(user + ":" + realm + ":" + password);
        if (algorithm.endsWith("-SESS")) secret = hash(secret + ":" + nonce + ":" + clientNonce);
        String action = hash(request.method() + ":" + target);
        String middle = hasQop ? nonce + ":" + count + ":" + clientNonce + ":auth" : nonce;
        boolean hidden = challenge.value("userhash").equalsIgnoreCase("true");

        StringBuilder field = new StringBuilder("Digest ");
        boolean isWide = !hidden && user.chars().anyMatch(c -> c > 0x7e);
        if (isWide) field.append("username*=UTF-8''").append(Percent.encode(user));
        else field.append("username=").append(FieldLists.quote(hidden ? hash(user + ":" + realm) : user));
        if (hidden) field.append(", userhash=true");
        field.append(", realm=").append(FieldLists.quote(realm));
        field.append(", nonce=").append(FieldLists.quote(nonce));
        field.append(", uri=").append(FieldLists.quote(target));
        String named = challenge.value("algorithm");
        if (!named.isEmpty()) field.append(", algorithm=").append(named);
        field.append(", response=\"")
                .append(hash(secret + ":" + middle + ":" + action))
                .append('"');
        if (hasQop)
            field.append(", qop=auth, nc=")
                    .append(count)
                    .append(", cnonce=\"")
                    .append(clientNonce)
                    .append('"');
        String opaque = challenge.value("opaque");
        if (!opaque.isEmpty()) field.append(", opaque=").append(FieldLists.quote(opaque));
        return field.toString();
    }

    private String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(isSha256() ? "SHA-256" : "MD5");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }
}
