package io.hawser.internal.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;

/// Tells whether a private and a public key belong together.
public final class KeyPairs {
    private KeyPairs() {}

    /// Compares the moduli of RSA, and signs with one and verifies with the other where there is none.
    public static boolean match(PrivateKey key, PublicKey publicKey) {
        if (!key.getAlgorithm().equals(publicKey.getAlgorithm())) return false;
        if (key instanceof RSAKey own && publicKey instanceof RSAKey other) {
            return own.getModulus().equals(other.getModulus());
        }
        byte[] probe = publicKey.getEncoded();
        try {
            String algorithm = key.getAlgorithm();
            Signature signer = Signature.getInstance(algorithm.equals("EC") ? "SHA256withECDSA" : algorithm);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            signer.initVerify(publicKey);
            signer.update(probe);
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            // Keys of one kind but another curve do not even verify.
            return false;
        }
    }
}
