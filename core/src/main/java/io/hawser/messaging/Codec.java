package io.hawser.messaging;

import io.hawser.StartupFailed;
import io.hawser.internal.pipeline.BlockFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How the frames of session mode may be compressed, each by itself, where that makes them smaller.
///
/// Source: docs/PROTOCOL.md, section 2
public enum Codec {
    /// Needs the optional dependency `com.github.luben:zstd-jni`.
    ZSTD,
    /// Needs the optional dependency `at.yawk.lz4:lz4-java`.
    LZ4,
    /// Of the JDK.
    DEFLATE;

    /// Those whose library is there, best first. It is loaded when a peer is the first to use it.
    public static List<Codec> available() {
        return Arrays.stream(values()).filter(Codec::isAvailable).toList();
    }

    private boolean isAvailable() {
        try {
            BlockFormat.valueOf(name()).requirePresent();
            return true;
        } catch (StartupFailed absent) {
            return false;
        }
    }

    /// The codec of that name in a hello or welcome, if it is one.
    public static Optional<Codec> of(String wireName) {
        return Arrays.stream(values())
                .filter(codec -> codec.wireName().equals(wireName))
                .findFirst();
    }

    /// Its name in a hello or welcome.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
