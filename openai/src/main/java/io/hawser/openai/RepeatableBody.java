package io.hawser.openai;

import com.openai.core.http.HttpRequestBody;
import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Sink;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/// Content that the SDK can write as often as it is asked to. Made when it is first read.
final class RepeatableBody implements Body {
    private static final int PIECE_BYTES = 16 << 10;

    private final HttpRequestBody source;
    private final String type;
    private Body content = Body.empty();
    private boolean isWritten;

    RepeatableBody(HttpRequestBody source, String type) {
        this.source = source;
        this.type = type;
    }

    @Override
    public Bytes read() {
        return content().read();
    }

    /// Writes it piece by piece, so that a large file is never whole in memory.
    @Override
    public void writeTo(Sink sink) throws IOException {
        OutputStream out = new BufferedOutputStream(sink.asOutputStream(), PIECE_BYTES);
        source.writeTo(out);
        out.flush();
    }

    private Body content() {
        if (!isWritten) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            source.writeTo(bytes);
            content = Body.of(Bytes.wrap(bytes.toByteArray()));
            isWritten = true;
        }
        return content;
    }

    @Override
    public OptionalLong length() {
        long length = source.contentLength();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    @Override
    public Optional<String> contentType() {
        return Optional.of(type);
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public Body fromStart() {
        return new RepeatableBody(source, type);
    }
}
