package io.hawser.internal.http;

import io.hawser.Bytes;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// HMAC with SHA-256 and one secret. Source: RFC 2104
///
/// Thread: safe from any.
public final class Hmac {
    private static final String ALGORITHM = "HmacSHA256";

    private final Bytes secret;
    /// Made when it is first needed, for to find a provider takes a while. Nothing is put into it but into copies.
    private volatile @Nullable Mac prototype;

    private Hmac(Bytes secret) {
        this.secret = secret;
    }

    public static Hmac of(Bytes secret) {
        return new Hmac(secret);
    }

    /// The code of `content`, one part after the other.
    public byte[] sign(Bytes... content) {
        Mac mac = copy();
        for (Bytes part : content) mac.update(part.toArray());
        return mac.doFinal();
    }

    private Mac copy() {
        Mac known = prototype;
        if (known == null) {
            known = made();
            prototype = known;
        }
        try {
            return (Mac) known.clone();
        } catch (CloneNotSupportedException e) {
            return made(); // a provider may be like that
        }
    }

    private Mac made() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.toArray(), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }
}
