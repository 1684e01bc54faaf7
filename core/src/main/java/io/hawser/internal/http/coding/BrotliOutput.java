package io.hawser.internal.http.coding;

import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.io.OutputStream;

/// Brotli's output. A class of its own, so that [ContentCoding] loads where the library is missing.
final class BrotliOutput extends BrotliOutputStream {
    private static final int QUALITY = 4;

    private final OutputStream target;

    private BrotliOutput(OutputStream target) throws IOException {
        super(target, Encoder.Parameters.create(QUALITY));
        this.target = target;
    }

    static OutputStream over(OutputStream out) throws IOException {
        return new BrotliOutput(out);
    }

    @Override
    public void flush() throws IOException {
        super.flush();
        target.flush();
    }
}
