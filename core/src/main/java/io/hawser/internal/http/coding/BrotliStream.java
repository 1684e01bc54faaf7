package io.hawser.internal.http.coding;

import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Decodes br, and gives what there is before it reads on: the library's own stream waits until it can fill what it
/// was given. Source: RFC 7932
final class BrotliStream extends InputStream {
    private static final int STEP_BYTES = 8 << 10;

    private final InputStream in;
    private final byte[] step = new byte[STEP_BYTES];
    private DecoderJNI.@Nullable Wrapper decoder;

    /// What was decoded last, copied: the library's memory holds it until the next step only.
    private ByteBuffer decoded = ByteBuffer.allocate(0);

    BrotliStream(InputStream in) throws IOException {
        this.in = in;
        this.decoder = new DecoderJNI.Wrapper(STEP_BYTES);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) return 0;
        while (!decoded.hasRemaining()) {
            if (decoder == null || !advance(decoder)) return -1;
        }
        int taken = Math.min(count, decoded.remaining());
        decoded.get(target, offset, taken);
        return taken;
    }

    /// Whether there may be more.
    private boolean advance(DecoderJNI.Wrapper from) throws IOException {
        if (from.hasOutput()) {
            ByteBuffer lent = from.pull();
            decoded = ByteBuffer.allocate(lent.remaining()).put(lent).flip();
            return true;
        }
        switch (from.getStatus()) {
            case DONE -> {
                return false;
            }
            case OK, NEEDS_MORE_OUTPUT -> from.push(0);
            case NEEDS_MORE_INPUT -> {
                int read = in.read(step, 0, step.length);
                if (read < 0) throw new EOFException("cut off");
                ByteBuffer input = from.getInputBuffer();
                input.clear();
                input.put(step, 0, read);
                from.push(read);
            }
            case ERROR -> throw new IOException("malformed");
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        DecoderJNI.Wrapper open = decoder;
        decoder = null;
        if (open != null) open.destroy();
        in.close();
    }
}
