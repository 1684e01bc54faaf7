package io.hawser.internal.pipeline;

import io.hawser.StartupFailed;

/// The compression algorithms, with the levels that each has.
public enum BlockFormat {
    DEFLATE("deflate", 1, 9, 6),
    ZSTD("zstd", 1, 19, 3),
    LZ4("lz4", 0, 17, 0);

    private final String stageName;
    private final int minLevel;
    private final int maxLevel;
    private final int defaultLevel;

    BlockFormat(String stageName, int minLevel, int maxLevel, int defaultLevel) {
        this.stageName = stageName;
        this.minLevel = minLevel;
        this.maxLevel = maxLevel;
        this.defaultLevel = defaultLevel;
    }

    public String stageName() {
        return stageName;
    }

    public int defaultLevel() {
        return defaultLevel;
    }

    public void checkLevel(int level) {
        if (level < minLevel || level > maxLevel) {
            throw new IllegalArgumentException(
                    "level of " + stageName + ": " + level + " is not " + minLevel + " to " + maxLevel);
        }
    }

    /// A codec that compresses at `level`.
    public BlockCodec codec(int level) {
        try {
            return switch (this) {
                case DEFLATE -> new DeflateBlocks(level);
                case ZSTD -> ZstdBlocks.of(level);
                case LZ4 -> Lz4Blocks.of(level);
            };
        } catch (LinkageError absent) {
            throw missing(absent);
        }
    }

    /// Sees whether its library is there, without loading it: that of Zstandard takes longer than all else of a
    /// start.
    ///
    /// @throws StartupFailed if it is not
    public void requirePresent() {
        if (this == DEFLATE) return;
        try {
            var _ = Class.forName(
                    this == ZSTD ? "com.github.luben.zstd.Zstd" : "net.jpountz.lz4.LZ4Factory",
                    false,
                    BlockFormat.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            throw missing(absent);
        }
    }

    private StartupFailed missing(Throwable absent) {
        return new StartupFailed(
                stageName + " compression needs the optional dependency " + artifact()
                        + " (on the module path with --add-modules " + module() + ")",
                absent);
    }

    private String artifact() {
        return this == ZSTD ? "com.github.luben:zstd-jni" : "at.yawk.lz4:lz4-java";
    }

    private String module() {
        return this == ZSTD ? "com.github.luben.zstd_jni" : "org.lz4.java";
    }
}
