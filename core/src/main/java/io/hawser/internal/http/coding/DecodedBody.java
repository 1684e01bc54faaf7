package io.hawser.internal.http.coding;

import io.hawser.Bytes;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.internal.http.PieceStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A body, freed of one coding while it is read.
///
/// Bounded twice, as a few bytes can become very many: in all, and in proportion to what came for them.
public final class DecodedBody implements Body {
    private static final int PIECE_BYTES = 16 << 10;

    /// Short content may be as repetitive as it likes.
    static final long FREE_BYTES = 10 << 20;

    private static final long MAX_SURPLUS_BYTES = 64 << 10;

    private final Body body;
    private final ContentCoding coding;
    private final long maxBytes;
    private final int maxRatio;
    private @Nullable InputStream decoder;
    private long in;
    private long out;
    private boolean isOver;

    public DecodedBody(Body body, ContentCoding coding, long maxBytes, int maxRatio) {
        this.body = body;
        this.coding = coding;
        this.maxBytes = maxBytes;
        this.maxRatio = maxRatio;
    }

    @Override
    public Bytes read() {
        if (isOver) return Bytes.EMPTY;
        byte[] piece = new byte[PIECE_BYTES];
        int size = 0;
        try {
            size = decoder().read(piece, 0, piece.length);
        } catch (IOException malformed) {
            free();
            // No content at all is nothing to decode, whatever the field says.
            if (in > 0)
                throw new ProtocolError(
                        0,
                        "content that is not " + coding.token() + ": " + malformed.getMessage(),
                        "RFC 9110, section 8.4");
        }
        if (size <= 0) {
            isOver = true;
            free();
            finish();
            return Bytes.EMPTY;
        }
        out += size;
        if (out > maxBytes) throw exceeded("decoded bytes", maxBytes, out);
        if (out > FREE_BYTES && out / maxRatio > in) throw exceeded("decoding ratio", maxRatio, out / Math.max(1, in));
        return Bytes.wrap(size == piece.length ? piece : Arrays.copyOf(piece, size));
    }

    private InputStream decoder() throws IOException {
        InputStream known = decoder;
        if (known == null) {
            known = coding.under(new PieceStream(new Counted()));
            decoder = known;
        }
        return known;
    }

    private LimitExceeded exceeded(String limit, long allowed, long seen) {
        close();
        return new LimitExceeded(limit, allowed, seen, Processed.MAYBE);
    }

    /// Reads on to the end, behind which are the trailers. Some servers pad; what is more than that is no padding.
    private void finish() {
        long surplus = 0;
        Bytes piece = body.read();
        while (!piece.isEmpty()) {
            surplus += piece.size();
            if (surplus > MAX_SURPLUS_BYTES) throw exceeded("bytes behind the coding", MAX_SURPLUS_BYTES, surplus);
            piece = body.read();
        }
    }

    /// What the decoder reads: closing the decoder leaves it open.
    private final class Counted implements Body {
        @Override
        public Bytes read() {
            Bytes piece = body.read();
            in += piece.size();
            return piece;
        }
    }

    private void free() {
        InputStream open = decoder;
        decoder = null;
        if (open == null) return;
        try {
            open.close();
        } catch (IOException | HawserException nothingLeftToLose) {
            // It only holds memory, and that is free.
        }
    }

    @Override
    public Optional<String> contentType() {
        return body.contentType();
    }

    @Override
    public boolean isReplayable() {
        return body.isReplayable();
    }

    @Override
    public Body fromStart() {
        return isReplayable() ? new DecodedBody(body.fromStart(), coding, maxBytes, maxRatio) : this;
    }

    @Override
    public Headers trailers() {
        return isOver ? body.trailers() : Headers.EMPTY;
    }

    @Override
    public void close() {
        isOver = true;
        free();
        body.close();
    }
}
