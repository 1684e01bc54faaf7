package io.hawser.http;

import io.hawser.Bytes;
import java.io.OutputStream;

/// Where a body that is written goes, piece by piece.
///
/// Thread: that of the writer alone. Errors: [io.hawser.ConnectionLost] where the reader is gone,
/// [io.hawser.DeadlineExceeded] at [io.hawser.Deadline#current()], [io.hawser.Cancelled] on an interrupt.
public interface Sink {
    /// Takes one piece, and waits while the reader is behind. Small pieces may be kept back for more to follow.
    void write(Bytes piece);

    /// Sends on what was kept back.
    default void flush() {}

    /// Gives the fields that follow the end of the body; once, after the last piece.
    ///
    /// They are dropped where the framing cannot carry them: in HTTP/1.0, and in HTTP/1.1 where the length of
    /// the body was told.
    default void trailers(Headers trailers) {}

    /// A view for code that writes to streams. Closing it flushes.
    default OutputStream asOutputStream() {
        return new SinkOutputStream(this);
    }
}
