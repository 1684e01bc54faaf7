package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server of somebody else, in a process of its own that prints its port as its first line.
final class RealServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private RealServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts `command`; skips the test where its program is missing.
    static RealServer start(String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            skip(command[0]);
            throw missing;
        }
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) throw new IOException(List.of(command) + " ended without a word");
        return new RealServer(process, Integer.parseInt(line.strip()));
    }

    /// Skips the test where `program` is missing.
    static void require(String program) throws IOException {
        try {
            new ProcessBuilder(program, "-v")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            skip(program);
            throw missing;
        }
    }

    private static void skip(String program) {
        String skipped = "not tested against " + program + ", which is not here";
        assertThat(System.getenv("CI")).as(skipped).isNotEqualTo("true");
        System.err.println("SKIPPED: " + skipped);
        abort(skipped);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
