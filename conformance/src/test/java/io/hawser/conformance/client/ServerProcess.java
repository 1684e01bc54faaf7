package io.hawser.conformance.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that says in its first line which ports it serves, and ends with its standard input.
record ServerProcess(Process process, List<Integer> ports) implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    /// Starts one.
    ///
    /// @throws IOException if there is no such program, among others
    static ServerProcess start(Path errors, String... command) throws IOException {
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        // Not closed: what it may still say must not break it.
        String line = process.inputReader().readLine();
        if (line == null) throw new EOFException(List.of(command) + " ended before it was ready: " + errors);
        return new ServerProcess(
                process,
                Arrays.stream(line.split(" ", -1)).map(Integer::parseInt).toList());
    }

    /// @throws IOException if there is no such program
    static void require(String program) throws IOException {
        new ProcessBuilder(program, "-v")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Override
    public void close() throws IOException {
        process.outputWriter().close();
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) return;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
