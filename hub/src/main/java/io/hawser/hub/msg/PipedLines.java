package io.hawser.hub.msg;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Lines from standard input byte for byte, messages to standard output in UTF-8 whatever the locale, notes
/// to standard error.
public final class PipedLines implements Lines {
    private final String verb;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final int maxBytes;

    /// Lines of those streams.
    ///
    /// @param verb of the command line, for notes
    /// @param maxBytes the longest line
    public PipedLines(String verb, InputStream in, PrintStream out, PrintStream err, int maxBytes) {
        this.verb = verb;
        this.in = new BufferedInputStream(in);
        this.out = out;
        this.err = err;
        this.maxBytes = maxBytes;
    }

    @Override
    public Optional<Bytes> read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) return Optional.empty();
        for (; next >= 0 && next != '\n'; next = in.read()) {
            // One byte more, for the carriage return of a line that ends with both.
            if (line.size() > maxBytes) throw tooLong(line.size());
            line.write(next);
        }
        Bytes bytes = Bytes.wrap(line.toByteArray());
        if (!bytes.isEmpty() && bytes.at(bytes.size() - 1) == '\r') bytes = bytes.slice(0, bytes.size() - 1);
        if (bytes.size() > maxBytes) throw tooLong(bytes.size());
        return Optional.of(bytes);
    }

    private LimitExceeded tooLong(int size) {
        return new LimitExceeded("a line", maxBytes, size, Processed.NO);
    }

    @Override
    public void show(String message) {
        byte[] line = (message + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            out.write(line, 0, line.length);
            out.flush();
        }
    }

    @Override
    public void note(String what) {
        err.println("hawser " + verb + ": " + what);
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public void close() {}
}
