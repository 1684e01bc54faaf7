package io.hawser.internal.tls;

import io.hawser.StartupFailed;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;

/// Reads the private key of a PEM file in PKCS#8, or in the older forms that belong to one algorithm.
///
/// Source: RFC 5958 (PKCS#8), RFC 8017 appendix A.1.2 (RSA), RFC 5915 (EC)
record PrivateKeyReader(Path file, PemText text) {
    /// @param publicKey the certificate's, whose algorithm the key must have
    PrivateKey read(PublicKey publicKey) {
        PemText.Block block = text.blocks().stream()
                .filter(candidate -> candidate.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> fault("there is no private key in it" + text.found()));
        byte[] pkcs8 = toPkcs8(block, publicKey);
        try {
            return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (NoSuchAlgorithmException e) {
            throw fault("keys of the certificate's algorithm, " + publicKey.getAlgorithm() + ", are not supported");
        } catch (InvalidKeySpecException e) {
            throw new StartupFailed(
                    "TLS key " + file + ": it is damaged, or not " + publicKey.getAlgorithm()
                            + " as the certificate's is",
                    e);
        }
    }

    private byte[] toPkcs8(PemText.Block block, PublicKey publicKey) {
        if (block.hasHeaders() || block.label().startsWith("ENCRYPTED ")) {
            throw fault("the key is encrypted; `openssl pkey -in FILE -out NEW` decrypts it");
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> block.content().toArray();
            case "RSA PRIVATE KEY" -> wrapped("RSA", block, publicKey);
            case "EC PRIVATE KEY" -> wrapped("EC", block, publicKey);
            default ->
                throw fault("keys of the form " + block.label()
                        + " are not supported; `openssl pkey -in FILE -out NEW` or `ssh-keygen -p -m PKCS8 -f FILE`"
                        + " converts most");
        };
    }

    /// PKCS#8 is the older form with the algorithm in front, which the certificate also states.
    private byte[] wrapped(String algorithm, PemText.Block block, PublicKey publicKey) {
        if (!publicKey.getAlgorithm().equals(algorithm)) {
            throw fault("it is an " + algorithm + " key, but the certificate's is " + publicKey.getAlgorithm());
        }
        byte[] identifier = Der.firstWithin(publicKey.getEncoded());
        return Der.sequence(
                Der.integer(BigInteger.ZERO),
                identifier,
                Der.octets(block.content().toArray()));
    }

    private StartupFailed fault(String what) {
        return new StartupFailed("TLS key " + file + ": " + what, null);
    }
}
