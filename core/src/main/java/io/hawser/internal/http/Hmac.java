package io.hawser.internal.http;

import io.hawser.Bytes;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC with SHA-256 and one secret. Source: RFC 2104
///
/// To make the first one of a process takes some 100 ms of finding providers, to use it none.
///
/// Thread: safe from any.
public final class Hmac {
    private static final String ALGORITHM = "HmacSHA256";

    private final Bytes secret;
    /// Nothing is put into it but into copies.
    private final Mac prototype;

    private Hmac(Bytes secret) {
        this.secret = secret;
        this.prototype = made();
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
        try {
            return (Mac) prototype.clone();
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
