package io.hawser.conformance.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import tools.jackson.databind.json.JsonMapper;

/// JSON Web Tokens, made with nothing but the JDK.
final class Tokens {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final JsonMapper JSON = new JsonMapper();

    private Tokens() {}

    static Map<String, Object> claims(String user, Duration validFor) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", user);
        claims.put("exp", Instant.now().plus(validFor).getEpochSecond());
        return claims;
    }

    static String token(String algorithm, Key key, Map<String, ?> claims) throws GeneralSecurityException {
        return token(Map.of("alg", algorithm), algorithm, key, claims);
    }

    static String token(Map<String, ?> header, String algorithm, Key key, Map<String, ?> claims)
            throws GeneralSecurityException {
        String signed = part(header) + "." + part(claims);
        return signed + "." + URL.encodeToString(sign(algorithm, key, signed.getBytes(UTF_8)));
    }

    private static String part(Map<String, ?> json) {
        return URL.encodeToString(JSON.writeValueAsBytes(json));
    }

    private static byte[] sign(String algorithm, Key key, byte[] signed) throws GeneralSecurityException {
        if (algorithm.equals("none")) return new byte[0];
        if (algorithm.equals("HS256")) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(signed);
        }
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "RS256" -> "SHA256withRSA";
                    case "ES256" -> "SHA256withECDSAinP1363Format";
                    default -> "Ed25519";
                });
        signature.initSign((PrivateKey) key);
        signature.update(signed);
        return signature.sign();
    }

    static KeyPair pair(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(
                switch (algorithm) {
                    case "RS256" -> "RSA";
                    case "ES256" -> "EC";
                    default -> "Ed25519";
                });
        if (algorithm.equals("RS256")) generator.initialize(2048);
        if (algorithm.equals("ES256")) generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
