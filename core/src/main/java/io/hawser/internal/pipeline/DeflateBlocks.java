package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Raw DEFLATE.
///
/// A deflater holds some 260 KiB outside the heap and an inflater 40: messages are independent, so connections borrow
/// them instead of having their own.
///
/// Source: RFC 1951
final class DeflateBlocks implements BlockCodec {
    private final Idle<Deflater> deflaters;
    private final Idle<Inflater> inflaters = new Idle<>(() -> new Inflater(true), Inflater::end);

    DeflateBlocks(int level) {
        deflaters = new Idle<>(() -> new Deflater(level, true), Deflater::end);
    }

    @Override
    public int compress(Bytes payload, byte[] target, int from) {
        Deflater deflater = deflaters.borrow();
        try {
            deflater.setInput(payload.asByteBuffer());
            deflater.finish();
            int at = from;
            while (!deflater.finished() && at < target.length) {
                at += deflater.deflate(target, at, target.length - at);
            }
            return deflater.finished() ? at - from : -1;
        } finally {
            deflater.reset();
            deflaters.giveBack(deflater);
        }
    }

    @Override
    public boolean inflate(Bytes block, byte[] target) {
        Inflater inflater = inflaters.borrow();
        try {
            inflater.setInput(block.asByteBuffer());
            int at = 0;
            while (at < target.length && !inflater.finished()) {
                int inflated = inflater.inflate(target, at, target.length - at);
                if (inflated == 0 && !inflater.finished()) return false;
                at += inflated;
            }
            // The end of the stream may still be unread when the last byte is out, or more bytes may follow.
            boolean more = !inflater.finished() && inflater.inflate(new byte[1]) > 0;
            return at == target.length && !more && inflater.finished() && inflater.getRemaining() == 0;
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.reset();
            inflaters.giveBack(inflater);
        }
    }
}
