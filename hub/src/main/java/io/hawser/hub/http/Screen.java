package io.hawser.hub.http;

import io.hawser.Bytes;
import io.hawser.http.Headers;
import io.hawser.http.HttpVersion;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.hub.msg.TerminalLines;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Where the answer is shown: with its head, colours and indented JSON on a terminal, its bytes alone
/// elsewhere.
public final class Screen {
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final int ERRORS = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean isTerminal;
    private final boolean hasColours;
    private final boolean isWatched;

    private Screen(PrintStream out, PrintStream err, boolean isTerminal, boolean hasColours, boolean isWatched) {
        this.out = out;
        this.err = err;
        this.isTerminal = isTerminal;
        this.hasColours = hasColours;
        this.isWatched = isWatched;
    }

    /// That of this process.
    public static Screen open() {
        boolean isTerminal = isTerminal(OUTPUT);
        return new Screen(
                System.out,
                System.err,
                isTerminal,
                isTerminal && System.getenv("NO_COLOR") == null,
                isTerminal(ERRORS));
    }

    /// One without a terminal.
    static Screen plain(PrintStream out, PrintStream err) {
        return new Screen(out, err, false, false, false);
    }

    /// Whether somebody could type what is read from standard input.
    public static boolean isInputTerminal() {
        return isTerminal(INPUT);
    }

    /// The JDK tells it of input and output together only.
    private static boolean isTerminal(int descriptor) {
        try {
            Path device = Path.of("/proc/self/fd/" + descriptor).toRealPath();
            return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
        } catch (IOException | RuntimeException elsewhere) {
            return TerminalLines.isTerminal();
        }
    }

    public boolean isTerminal() {
        return isTerminal;
    }

    /// The head of an answer.
    void head(HttpVersion version, Response response) {
        if (isTerminal) out.println(headOf(version, response) + "\n");
    }

    String headOf(HttpVersion version, Response response) {
        int status = response.status();
        String colour = Status.isError(status) ? "31" : Status.isRedirect(status) ? "33" : "32";
        return coloured(colour, version + " " + status + " " + Status.phrase(status)) + fields(response.headers());
    }

    String fields(Headers headers) {
        StringBuilder text = new StringBuilder();
        headers.forEach((name, value) ->
                text.append('\n').append(coloured("36", name)).append(": ").append(value));
        return text.toString();
    }

    private String coloured(String colour, String text) {
        return hasColours ? "\033[" + colour + "m" + text + "\033[0m" : text;
    }

    void bytes(Bytes piece) throws IOException {
        OutputStream raw = out;
        raw.write(piece.toArray());
    }

    void flush() {
        out.flush();
    }

    /// JSON with one member a line; what is none, as it is.
    void json(Bytes content) throws IOException {
        try {
            out.println(PRETTY.writeValueAsString(PRETTY.readTree(content.toArray())));
        } catch (JacksonException malformed) {
            bytes(content);
            out.println();
        }
    }

    /// Said beside the answer.
    public void note(String line) {
        err.println(line);
    }

    /// Replaces the line of progress, where somebody sees it.
    void progress(String line) {
        if (isWatched) err.print("\r" + line + "\033[K");
    }

    void endProgress() {
        if (isWatched) err.println();
    }
}
