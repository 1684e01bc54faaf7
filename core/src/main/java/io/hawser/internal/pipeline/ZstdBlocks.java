package io.hawser.internal.pipeline;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.hawser.Bytes;

/// Zstandard, one frame a block.
///
/// To make a context costs ten times as much as to compress 1 KiB with it. Contexts live outside the heap and the
/// garbage collector does not free them, so the process has one bounded set of them, for all levels.
///
/// Source: RFC 8878
final class ZstdBlocks implements BlockCodec {
    private static final Idle<ZstdCompressCtx> COMPRESSORS = new Idle<>(ZstdCompressCtx::new, ZstdCompressCtx::close);
    private static final Idle<ZstdDecompressCtx> DECOMPRESSORS =
            new Idle<>(ZstdDecompressCtx::new, ZstdDecompressCtx::close);

    private final int level;

    private ZstdBlocks(int level) {
        this.level = level;
    }

    /// @throws LinkageError if the library is absent or does not load
    static ZstdBlocks of(int level) {
        DECOMPRESSORS.giveBack(DECOMPRESSORS.borrow());
        return new ZstdBlocks(level);
    }

    @Override
    public int compress(Bytes payload, byte[] target, int from) {
        byte[] source = payload.toArray();
        ZstdCompressCtx context = COMPRESSORS.borrow();
        try {
            return context.setLevel(level)
                    .compressByteArray(target, from, target.length - from, source, 0, source.length);
        } catch (ZstdException doesNotFit) {
            return -1;
        } finally {
            COMPRESSORS.giveBack(context);
        }
    }

    @Override
    public boolean inflate(Bytes block, byte[] target) {
        byte[] source = block.toArray();
        ZstdDecompressCtx context = DECOMPRESSORS.borrow();
        try {
            // The library inflates any number of frames in a row.
            if (Zstd.findFrameCompressedSize(source, 0, source.length) != source.length) return false;
            return context.decompressByteArray(target, 0, target.length, source, 0, source.length) == target.length;
        } catch (ZstdException e) {
            return false;
        } finally {
            DECOMPRESSORS.giveBack(context);
        }
    }
}
