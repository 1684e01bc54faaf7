package io.hawser.internal.process;

import io.hawser.StartupFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process that this one has started, tied to it by its standard input.
///
/// Thread: safe from any.
public final class ChildProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final int MAX_LINE_CHARS = 8192;

    private final String name;
    private final Process process;
    private final long startedNanos = System.nanoTime();

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /// Starts a process whose output, both streams of it, comes line by line; lines over 8,192 characters in
    /// pieces.
    ///
    /// @throws StartupFailed if it cannot be started
    public static ChildProcess start(String name, List<String> command, Consumer<String> lines) {
        ChildProcess child = new ChildProcess(name, launch(new ProcessBuilder(command).redirectErrorStream(true)));
        Thread reader = new Thread(() -> child.forward(lines), "hawser-output-" + name);
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    /// Starts a process that writes to this one's standard error, with both of its streams.
    ///
    /// @throws StartupFailed if it cannot be started
    public static ChildProcess start(String name, List<String> command) {
        // Its standard output is a pipe that nobody fills: what belongs there, its parent says.
        return new ChildProcess(
                name, launch(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)));
    }

    private static Process launch(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new StartupFailed("cannot start a process: " + e.getMessage(), e);
        }
    }

    private void forward(Consumer<String> lines) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = readLine(out); line != null; line = readLine(out)) lines.accept(line);
        } catch (IOException e) {
            LOG.debug("the output of {} ended: {}", name, e.toString());
        }
    }

    private static @Nullable String readLine(BufferedReader out) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = out.read();
        if (c < 0) return null;
        while (c >= 0 && c != '\n' && line.length() < MAX_LINE_CHARS) {
            line.append((char) c);
            c = line.length() < MAX_LINE_CHARS ? out.read() : '\n';
        }
        return line.toString().stripTrailing();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /// Waits for the end.
    ///
    /// @return the exit code
    public int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /// Waits for the end, which it has been asked for; kills what has not ended after `grace`.
    ///
    /// @return whether it ended by itself
    public boolean awaitEnd(Duration grace) {
        boolean ended = false;
        try {
            ended = process.waitFor(grace.toNanos(), TimeUnit.NANOSECONDS);
            if (!ended) LOG.warn("{} (process {}) does not end, and is killed", name, pid());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
        return ended;
    }

    /// Asks it to end, by SIGTERM where there are signals.
    public void terminate() {
        process.toHandle().destroy(); // unlike the process, it leaves the lifeline alone
    }

    /// Kills it.
    @Override
    public void close() {
        process.destroyForcibly();
        try (OutputStream lifeline = process.getOutputStream()) {
            lifeline.flush();
        } catch (IOException e) {
            LOG.debug("the lifeline of {} was cut: {}", name, e.toString());
        }
    }

    @Override
    public String toString() {
        return name + " (process " + pid() + ")";
    }
}
