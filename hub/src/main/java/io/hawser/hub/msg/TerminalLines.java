package io.hawser.hub.msg;

import io.hawser.Bytes;
import java.io.Console;
import java.io.IOException;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// Lines that somebody types; what comes meanwhile is shown above the line that is being typed.
public final class TerminalLines implements Lines {
    private static final String PROMPT = "> ";

    private final Terminal terminal;
    private final LineReader reader;

    private TerminalLines(Terminal terminal) {
        this.terminal = terminal;
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                // Text is sent as it is typed.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /// Whether somebody sits there. What System.console() returns where there is no terminal has changed
    /// from release to release.
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// Takes the terminal over until [#close()].
    public static TerminalLines open() throws IOException {
        return on(TerminalBuilder.builder().system(true).build());
    }

    /// Takes `terminal` over.
    static TerminalLines on(Terminal terminal) {
        return new TerminalLines(terminal);
    }

    /// The next line that is not empty, or nothing on Ctrl-D and Ctrl-C.
    @Override
    public Optional<Bytes> read() {
        try {
            String line = "";
            while (line.isEmpty()) line = reader.readLine(PROMPT);
            return Optional.of(Bytes.ofUtf8(line));
        } catch (EndOfFileException | UserInterruptException e) {
            return Optional.empty();
        }
    }

    @Override
    public void show(String message) {
        reader.printAbove(message);
    }

    @Override
    public void note(String what) {
        reader.printAbove("(" + what + ")");
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
