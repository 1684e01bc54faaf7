package io.hawser.http;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import io.hawser.internal.http.Hmac;
import io.hawser.internal.http.SignatureBase;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Signs by HTTP message signatures, with HMAC-SHA256 over method, target, content digest and what else is
/// named.
///
/// Adds `Content-Digest` where there is content, `Signature-Input` and `Signature`.
///
/// Thread: immutable, safe from any. Source: RFC 9421, RFC 9530
public final class MessageSignatures implements RequestSigner {
    private static final String CONTENT_DIGEST = "Content-Digest";
    private static final String LABEL = "sig1";

    private final String keyId;
    private final Hmac secret;
    private final List<String> components;
    private final TimeSource time;

    private MessageSignatures(String keyId, Hmac secret, List<String> components, TimeSource time) {
        this.keyId = keyId;
        this.secret = secret;
        this.components = components;
        this.time = time;
    }

    /// Covers `@method`, `@target-uri` and, where there is content, `content-digest`.
    ///
    /// @param keyId by which the other side knows the secret
    public static MessageSignatures hmacSha256(String keyId, Bytes secret) {
        if (secret.isEmpty()) throw new IllegalArgumentException("secret: empty");
        List<String> components = List.of("@method", "@target-uri");
        return new MessageSignatures(keyId, Hmac.of(secret), components, TimeSource.system());
    }

    /// With these components covered in the place of `@method` and `@target-uri`: names of fields in lower
    /// case, or `@method`, `@target-uri`, `@authority`, `@scheme`, `@request-target`, `@path`, `@query`.
    /// A request that lacks such a field fails with an [IllegalArgumentException] when it is signed.
    public MessageSignatures covering(String... changed) {
        return new MessageSignatures(keyId, secret, List.of(changed), time);
    }

    MessageSignatures on(TimeSource clock) {
        return new MessageSignatures(keyId, secret, components, clock);
    }

    @Override
    public Headers sign(Request request, Bytes content) throws Exception {
        Headers.Builder added = Headers.builder();
        List<String> covered = new ArrayList<>(components);
        Request signed = request;
        if (!content.isEmpty()) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.toArray());
            String field = "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
            added.add(CONTENT_DIGEST, field);
            signed = request.withHeader(CONTENT_DIGEST, field);
            if (!covered.contains("content-digest")) covered.add("content-digest");
        }
        SignatureBase base = SignatureBase.of(signed, covered, time.now().getEpochSecond(), keyId);
        String signature = Base64.getEncoder().encodeToString(secret.sign(Bytes.ofUtf8(base.text())));
        return added.add("Signature-Input", LABEL + "=" + base.parameters())
                .add("Signature", LABEL + "=:" + signature + ":")
                .build();
    }
}
