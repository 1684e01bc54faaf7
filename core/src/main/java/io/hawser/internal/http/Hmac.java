package io.hawser.internal.http;

import io.hawser.Bytes;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC with SHA-256. Source: RFC 2104
public final class Hmac {
    private Hmac() {}

    public static byte[] sha256(Bytes secret, Bytes... content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.toArray(), "HmacSHA256"));
            for (Bytes part : content) mac.update(part.toArray());
            return mac.doFinal();
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }
}
