package io.hawser.internal.http.coding;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// A way to compress content, by the name that it has in `Content-Encoding`.
///
/// Source: RFC 9110 section 8.4.1, RFC 7932 (br), RFC 8878 (zstd)
public enum ContentCoding {
    BR("br") {
        @Override
        OutputStream over(OutputStream out) throws IOException {
            return BrotliOutput.over(out);
        }

        @Override
        InputStream under(InputStream in) throws IOException {
            return new BrotliStream(in);
        }

        @Override
        boolean load() {
            return Brotli4jLoader.isAvailable();
        }
    },
    ZSTD("zstd") {
        @Override
        OutputStream over(OutputStream out) throws IOException {
            return ZstdStreams.over(out);
        }

        @Override
        InputStream under(InputStream in) throws IOException {
            return ZstdStreams.under(in);
        }

        @Override
        boolean load() {
            return Zstd.defaultCompressionLevel() > 0;
        }
    },
    GZIP("gzip") {
        @Override
        OutputStream over(OutputStream out) throws IOException {
            return new GZIPOutputStream(out, 4096, true);
        }

        @Override
        InputStream under(InputStream in) {
            return InflatingStream.gzip(in);
        }
    },
    DEFLATE("deflate") {
        @Override
        OutputStream over(OutputStream out) {
            Deflater zlib = new Deflater();
            return new DeflaterOutputStream(out, zlib, 4096, true) {
                @Override
                public void close() throws IOException {
                    try {
                        super.close();
                    } finally {
                        zlib.end();
                    }
                }
            };
        }

        @Override
        InputStream under(InputStream in) {
            return InflatingStream.zlibOrRaw(in);
        }
    };

    private final String token;

    ContentCoding(String token) {
        this.token = token;
    }

    /// As fields name it.
    public String token() {
        return token;
    }

    /// A stream that compresses what is written to it into `out`; flushing it passes on all that was written.
    /// Closing
    /// it closes `out` and frees what it holds.
    abstract OutputStream over(OutputStream out) throws IOException;

    /// A stream of what `in` was before it was compressed. Gives what there is and reads on only for more. Its end
    /// before the end of the coding, and anything that is not of the coding, is an [IOException]. Closing it frees
    /// what it holds.
    abstract InputStream under(InputStream in) throws IOException;

    boolean load() {
        return true;
    }

    /// The coding of that name, compared without case; `x-gzip` is an old name of gzip.
    public static Optional<ContentCoding> named(String name) {
        String token = name.toLowerCase(Locale.ROOT);
        if (token.equals("x-gzip")) return Optional.of(GZIP);
        for (ContentCoding coding : values()) {
            if (coding.token.equals(token)) return Optional.of(coding);
        }
        return Optional.empty();
    }

    /// Whether its library is there and loads.
    public boolean isAvailable() {
        return Loaded.CODINGS.contains(this);
    }

    private static final class Loaded {
        static final Set<ContentCoding> CODINGS =
                Stream.of(values()).filter(ContentCoding::tryLoad).collect(Collectors.toUnmodifiableSet());
    }

    private boolean tryLoad() {
        try {
            return load();
        } catch (LinkageError | RuntimeException absent) {
            return false;
        }
    }
}
