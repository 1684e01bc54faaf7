package io.hawser.benchmarks;

import io.hawser.benchmarks.clients.ClientRun.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A process with a client of HTTP in it, which calls as it is told; see
/// [io.hawser.benchmarks.clients.ClientLoad].
record CallerProcess(PeerProcess process) {
    /// How long calls that are under way at the end may take.
    private static final Duration ANSWERS = Duration.ofSeconds(60);

    /// Has so many virtual threads call `url` again and again.
    Result call(String url, int threads, Duration warmup, Duration duration) throws IOException {
        try (var control =
                new Socket(process.address().getAddress(), process.address().getPort())) {
            control.setSoTimeout(
                    Math.toIntExact(warmup.plus(duration).plus(ANSWERS).toMillis()));
            var line = "RUN " + url + " " + threads + " " + warmup.toMillis() + " " + duration.toMillis() + "\n";
            control.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            if (answer == null) throw new IOException(process.peer().name() + " ended while it was measured");
            return Result.of(answer);
        }
    }
}
