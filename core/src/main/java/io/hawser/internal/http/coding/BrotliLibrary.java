package io.hawser.internal.http.coding;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Brotli4j, which may be absent: a class that makes its streams cannot be loaded then, so they are made here.
final class BrotliLibrary {
    private static final int QUALITY = 4;

    private BrotliLibrary() {}

    static boolean isAvailable() {
        return Brotli4jLoader.isAvailable();
    }

    static OutputStream over(OutputStream out) throws IOException {
        return new BrotliOutputStream(out, Encoder.Parameters.create(QUALITY)) {
            @Override
            public void flush() throws IOException {
                super.flush();
                out.flush();
            }
        };
    }

    static InputStream under(InputStream in) throws IOException {
        return new BrotliStream(in);
    }
}
