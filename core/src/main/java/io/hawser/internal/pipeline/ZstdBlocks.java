package io.hawser.internal.pipeline;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.hawser.Bytes;

/// Zstandard, one frame a block.
///
/// Source: RFC 8878
final class ZstdBlocks implements BlockCodec {
    private final int level;

    private ZstdBlocks(int level) {
        this.level = level;
    }

    /// @throws LinkageError if the library is absent or does not load
    static ZstdBlocks of(int level) {
        Zstd.compressBound(0);
        return new ZstdBlocks(level);
    }

    @Override
    public int compress(Bytes payload, byte[] target, int from) {
        byte[] source = payload.toArray();
        try {
            long size = Zstd.compressByteArray(target, from, target.length - from, source, 0, source.length, level);
            return Zstd.isError(size) ? -1 : (int) size;
        } catch (ZstdException doesNotFit) {
            return -1;
        }
    }

    @Override
    public boolean inflate(Bytes block, byte[] target) {
        byte[] source = block.toArray();
        try {
            // The library inflates any number of frames in a row.
            if (Zstd.findFrameCompressedSize(source, 0, source.length) != source.length) return false;
            return Zstd.decompressByteArray(target, 0, target.length, source, 0, source.length) == target.length;
        } catch (ZstdException e) {
            return false;
        }
    }
}
