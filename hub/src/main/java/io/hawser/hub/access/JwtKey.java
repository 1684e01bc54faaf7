package io.hawser.hub.access;

import io.hawser.Bytes;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/// A key that signs tokens: a secret, or the public half of a pair.
public final class JwtKey {
    private static final int LEAST_SECRET_BYTES = 32;
    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

    private final String id;
    private final Key key;

    private JwtKey(String id, Key key) {
        this.id = id;
        this.key = key;
    }

    /// A secret, for HS256.
    ///
    /// @param id the `kid` of its tokens; empty if they have none
    /// @param secret at least 32 bytes
    public static JwtKey secret(String id, Bytes secret) {
        if (secret.size() < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "secret of " + secret.size() + " bytes: at least " + LEAST_SECRET_BYTES);
        }
        return new JwtKey(id, new SecretKeySpec(secret.toArray(), "HmacSHA256"));
    }

    /// A public key, for the other algorithms.
    ///
    /// @param id the `kid` of its tokens; empty if they have none
    /// @param pem `-----BEGIN PUBLIC KEY-----`, of RSA, P-256 or Ed25519
    public static JwtKey publicKey(String id, String pem) {
        String base64 = pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "").replaceAll("\\s", "");
        return new JwtKey(id, parse(Base64.getDecoder().decode(base64)));
    }

    private static PublicKey parse(byte[] encoded) {
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded));
            } catch (GeneralSecurityException another) {
                // It is of another kind.
            }
        }
        throw new IllegalArgumentException("public key: none of " + KINDS);
    }

    public String id() {
        return id;
    }

    Key key() {
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JwtKey that
                && id.equals(that.id)
                && MessageDigest.isEqual(key.getEncoded(), that.key.getEncoded());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /// Without the key.
    @Override
    public String toString() {
        return "JwtKey[" + id + ", " + key.getAlgorithm() + "]";
    }
}
