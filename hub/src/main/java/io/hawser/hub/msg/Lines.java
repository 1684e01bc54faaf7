package io.hawser.hub.msg;

import io.hawser.Bytes;
import java.io.IOException;
import java.util.Optional;

/// Where lines come from and where messages are shown.
///
/// Thread: messages are shown while another thread reads.
public sealed interface Lines extends AutoCloseable permits PipedLines, TerminalLines {
    /// The next line without its end, or nothing at the end of the input.
    ///
    /// @throws io.hawser.LimitExceeded if it is longer than a message may be
    Optional<Bytes> read() throws IOException;

    /// Shows a message that came.
    void show(String message);

    /// Says something about the connection, apart from the messages.
    void note(String what);

    /// Whether somebody types the lines, and sees for himself what is answered.
    boolean isInteractive();

    @Override
    void close() throws IOException;
}
