package io.hawser.hub;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs once after a build, for the JVM to watch: what it loads and links here, the AOT cache has ready for
/// later starts.
///
/// A verb whose start-up time matters is rehearsed from its start to its end. The launcher throws the output
/// away, and goes on without a cache when this fails.
final class Rehearsal {
    private static final Pattern READY = Pattern.compile("hawser ready \\S+:(\\d+) .*");

    private static final List<String> PATHS = List.of("/json", "/", "/health/ready", "/api/v1/stats", "/metrics");

    /// One of each kind, as a browser asks; ten messages come back.
    private static final List<String> REQUESTS = List.of(
            """
            {"id":1,"hello":{"client":"rehearsal"}}""",
            """
            {"id":2,"sub":{"topic":"rehearsal"}}""",
            """
            {"id":3,"pub":{"topic":"rehearsal","d":{"a":[1,2.5,true,null]},"mid":"a"}}""",
            """
            {"id":4,"bcast":{"d":"all"}}""",
            """
            {"id":5,"send":{"to":"nobody","d":"psst"}}""",
            """
            {"id":6,"who":{"topic":"rehearsal"}}""",
            """
            {"id":7,"unsub":{"topic":"rehearsal"}}""",
            """
            {"id":8,"none":{}}""");

    private Rehearsal() {}

    public static void main(String[] args) throws Exception {
        // First, so that the log is that of a hub.
        int failures = serve() + Main.run("--help") + Main.run("version");
        System.exit(failures);
    }

    /// The hub, a first call of each kind, and the signal that ends it.
    private static int serve() throws Exception {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        System.setOut(new PrintStream(new ReadyLine(port), true, StandardCharsets.UTF_8));
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(
                () -> Main.run("serve", "--port", "0"),
                runnable -> Thread.ofPlatform().start(runnable));
        exitCode.thenRun(() -> port.cancel(false));
        String at = "127.0.0.1:" + port.get();
        int failures = Main.run("msg", at, "--send", "text")
                + Main.run("msg", at, "--subscribe", "rehearsal", "--send", "text", "--count", "1")
                + Main.run("ws", "ws://" + at + "/echo", "--send", "text", "--count", "1")
                + talk(at);
        for (String path : PATHS) failures += Main.run("http", at + path, "--timings");
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance("TERM"));
        return failures + exitCode.get();
    }

    private static int talk(String at) {
        List<String> arguments =
                new ArrayList<>(List.of("ws", "ws://" + at + "/ws", "--subprotocol", "hawser.v1.json", "--count", "10"));
        for (String request : REQUESTS) arguments.addAll(List.of("--send", request));
        return Main.run(arguments.toArray(String[]::new));
    }

    /// Standard output, until a line of it names the port.
    private static final class ReadyLine extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> port;

        ReadyLine(CompletableFuture<Integer> port) {
            this.port = port;
        }

        @Override
        public void write(int b) {
            line.write(b);
            if (b != '\n') return;
            Matcher ready = READY.matcher(line.toString(StandardCharsets.UTF_8).strip());
            if (ready.matches()) port.complete(Integer.valueOf(ready.group(1)));
            line.reset();
        }
    }
}
