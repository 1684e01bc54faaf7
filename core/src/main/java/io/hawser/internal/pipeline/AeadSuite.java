package io.hawser.internal.pipeline;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/// The ciphers that encrypt and authenticate in one step, both with a 256-bit key, a 96-bit nonce and a 128-bit tag.
///
/// Source: RFC 5116, section 5.2 (AES-GCM); RFC 8439, section 2.8 (ChaCha20-Poly1305)
public enum AeadSuite {
    AES_256_GCM("aes-256-gcm", "AES/GCM/NoPadding", "AES"),
    CHACHA20_POLY1305("chacha20-poly1305", "ChaCha20-Poly1305", "ChaCha20");

    static final int TAG_BYTES = 16;

    private final String stageName;
    private final String transformation;
    private final String keyAlgorithm;

    AeadSuite(String stageName, String transformation, String keyAlgorithm) {
        this.stageName = stageName;
        this.transformation = transformation;
        this.keyAlgorithm = keyAlgorithm;
    }

    public String stageName() {
        return stageName;
    }

    String keyAlgorithm() {
        return keyAlgorithm;
    }

    Cipher cipher() {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + transformation, e);
        }
    }

    AlgorithmParameterSpec parameters(byte[] nonce) {
        return this == AES_256_GCM ? new GCMParameterSpec(TAG_BYTES * 8, nonce) : new IvParameterSpec(nonce);
    }
}
