package io.hawser.examples;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.tcp.ListenConfig;
import io.hawser.tick.Schedule;
import io.hawser.tick.SharedState;
import io.hawser.tick.Tick;
import io.hawser.tick.Ticker;
import io.hawser.tick.TickerHandler;
import java.time.Duration;
import java.util.Map;

/// Shows what a ticker counts, here or, with a second argument `fork`, in a process of its own. First: where to listen.
public final class TickerServer implements AutoCloseable {
    /// Counts its ticks, and remembers its process.
    public static final class Counting implements TickerHandler {
        @Override
        public Schedule schedule() {
            return Schedule.every(Duration.ofMillis(200));
        }

        @Override
        public void tick(Tick tick) {
            tick.shared().counter("ticks").add(1);
            tick.shared().counter("process").set(ProcessHandle.current().pid());
        }
    }

    private final Ticker ticker;
    private final HttpServer server;

    private TickerServer(String endpoint, boolean isForked) {
        SharedState shared = SharedState.inProcess();
        ticker = isForked ? Ticker.fork(Counting.class, shared) : Ticker.start(new Counting(), shared);
        server = HttpServer.start(
                ListenConfig.on(endpoint),
                HttpConfig.defaults(),
                request -> Response.json(Map.of(
                        "ticks",
                        shared.counter("ticks").value(),
                        "process",
                        shared.counter("process").value())));
    }

    static TickerServer start(String endpoint, boolean isForked) {
        return new TickerServer(endpoint, isForked);
    }

    HttpServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
        ticker.close();
    }

    public static void main(String... args) {
        boolean isForked = args.length > 1 && args[1].equals("fork");
        int code;
        try (TickerServer example = start(args.length > 0 ? args[0] : "127.0.0.1:8080", isForked)) {
            System.out.println("listening on " + example.server().endpoint());
            code = example.server().run();
        }
        System.exit(code);
    }
}
