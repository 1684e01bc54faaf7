package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/// LZ4 blocks, in plain Java.
final class Lz4Blocks implements BlockCodec {
    private final LZ4Compressor compressor;
    private final LZ4SafeDecompressor decompressor;

    private Lz4Blocks(LZ4Compressor compressor, LZ4SafeDecompressor decompressor) {
        this.compressor = compressor;
        this.decompressor = decompressor;
    }

    /// @throws LinkageError if the library is absent
    static Lz4Blocks of(int level) {
        LZ4Factory factory = LZ4Factory.safeInstance();
        return new Lz4Blocks(
                level == 0 ? factory.fastCompressor() : factory.highCompressor(level), factory.safeDecompressor());
    }

    @Override
    public int compress(Bytes payload, byte[] target, int from) {
        byte[] source = payload.toArray();
        try {
            return compressor.compress(source, 0, source.length, target, from, target.length - from);
        } catch (LZ4Exception doesNotFit) {
            return -1;
        }
    }

    @Override
    public boolean inflate(Bytes block, byte[] target) {
        byte[] source = block.toArray();
        try {
            return decompressor.decompress(source, 0, source.length, target, 0, target.length) == target.length;
        } catch (LZ4Exception e) {
            return false;
        }
    }
}
