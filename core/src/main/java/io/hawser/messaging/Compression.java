package io.hawser.messaging;

import io.hawser.StartupFailed;
import io.hawser.internal.pipeline.BlockCodec;
import io.hawser.internal.pipeline.BlockFormat;
import io.hawser.internal.pipeline.Compressing;
import io.hawser.internal.pipeline.Inflating;

/// Compresses each payload by itself, where that makes it smaller.
///
/// A payload goes as it is, and says so, if it is below [#withMinBytes(int)] or does not shrink. Received
/// payloads inflate to at most the message limit of the connection (1 MiB by default) whatever their ratio: a
/// payload that declares more is refused before anything is inflated, and one that declares less than it holds
/// is refused too.
///
/// Do not compress secrets together with what an attacker can choose if the attacker sees the lengths,
/// encrypted or not.
///
/// Source: `docs/PIPELINE.md` has the wire format.
public final class Compression implements Stage {
    private static final int DEFAULT_MIN_BYTES = 256;

    private final BlockFormat format;
    private final BlockCodec codec;
    private final int minBytes;

    private Compression(BlockFormat format, BlockCodec codec, int minBytes) {
        this.format = format;
        this.codec = codec;
        this.minBytes = minBytes;
    }

    /// DEFLATE at level 6 (of 1 to 9).
    ///
    /// Source: RFC 1951
    public static Compression deflate() {
        return of(BlockFormat.DEFLATE);
    }

    /// Zstandard at level 3 (of 1 to 19).
    ///
    /// Source: RFC 8878
    ///
    /// @throws StartupFailed if the optional dependency `com.github.luben:zstd-jni` is absent
    public static Compression zstd() {
        return of(BlockFormat.ZSTD);
    }

    /// LZ4 at level 0: the fast form (1 to 17 are the ones that compress more and take longer).
    ///
    /// @throws StartupFailed if the optional dependency `at.yawk.lz4:lz4-java` is absent
    public static Compression lz4() {
        return of(BlockFormat.LZ4);
    }

    private static Compression of(BlockFormat format) {
        return new Compression(format, format.codec(format.defaultLevel()), DEFAULT_MIN_BYTES);
    }

    /// The same with another level; the two sides may differ.
    ///
    /// @throws IllegalArgumentException if the algorithm does not have that level
    public Compression withLevel(int level) {
        format.checkLevel(level);
        return new Compression(format, format.codec(level), minBytes);
    }

    /// The same with another size from which on payloads are compressed, 256 by default; the two sides may differ.
    public Compression withMinBytes(int minBytes) {
        if (minBytes < 0) throw new IllegalArgumentException("minBytes: " + minBytes + " is below 0");
        return new Compression(format, codec, minBytes);
    }

    @Override
    public String name() {
        return format.stageName();
    }

    @Override
    public int overheadBytes() {
        return Compressing.MAX_OVERHEAD_BYTES;
    }

    @Override
    public Transform sending(StageContext context) {
        return new Compressing(codec, minBytes);
    }

    @Override
    public Transform receiving(StageContext context) {
        return new Inflating(codec, context);
    }

    @Override
    public String toString() {
        return "Compression[" + name() + ", from " + minBytes + " bytes]";
    }
}
