package io.hawser.internal.tick;

import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.internal.process.Conversing;
import io.hawser.internal.process.Dialogue;
import io.hawser.internal.process.DialogueClient;
import io.hawser.internal.process.Lifeline;
import io.hawser.internal.process.Signals;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.tick.TickerHandler;
import io.hawser.tick.TickerStats;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// The process of a forked ticker. Arguments: the parent's socket, the class of the handler.
///
/// It ends when its parent asks it to, with 0; when the parent is gone, or the handler does not start, with
/// 1. SIGTERM ends it in order, and the parent starts another one; SIGINT, which a terminal sends to the
/// parent too, does not.
public final class TickerMain implements Conversing {
    static final int MAX_MESSAGE_BYTES = 1 << 20;
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration ORPHAN_GRACE = Duration.ofMillis(500);
    private static final long REPORT_NANOS = 100_000_000;

    private final CompletableFuture<ThreadTicker> ticker = new CompletableFuture<>();
    private long reportedNanos = System.nanoTime() - REPORT_NANOS;

    private TickerMain() {}

    public static void main(String... args) {
        new TickerMain().run(Endpoint.unix(Path.of(args[0])), args[1]);
    }

    private void run(Endpoint parent, String type) {
        Lifeline.onCut(() -> end(ORPHAN_GRACE, 1));
        Signals.on("INT", () -> {});
        Signals.on("TERM", () -> end(GRACE, 0));
        DialogueClient client = DialogueClient.open(parent, type, this, MAX_MESSAGE_BYTES);
        Dialogue dialogue = client.dialogue();
        try {
            TickerHandler handler = Class.forName(type)
                    .asSubclass(TickerHandler.class)
                    .getDeclaredConstructor()
                    .newInstance();
            dialogue.offer(Container.of("name").with("name", handler.name()));
            ticker.complete(
                    ThreadTicker.start(handler, StoredState.remote(dialogue), stats -> report(dialogue, stats)));
            dialogue.ask(Container.of("ready"));
        } catch (Throwable e) {
            // Whatever it is: the parent waits to be told.
            dialogue.ask(Container.of("unable").with("msg", reason(e)));
            Runtime.getRuntime().halt(1);
        }
        client.ended().join();
        end(ORPHAN_GRACE, 1);
    }

    /// What the handler itself said.
    private static String reason(Throwable e) {
        boolean isWrapped = e instanceof StartupFailed || e instanceof InvocationTargetException;
        Throwable why = isWrapped && e.getCause() != null ? e.getCause() : e;
        return ThreadTicker.reason(why);
    }

    /// On the ticker's thread.
    private void report(Dialogue dialogue, TickerStats stats) {
        long now = System.nanoTime();
        if (now - reportedNanos < REPORT_NANOS) return;
        if (dialogue.offer(TickReport.write(stats))) reportedNanos = now;
    }

    @Override
    public CompletableFuture<ContainerBuilder> answer(Dialogue with, Container question) {
        if (!question.type().equals("stop")) throw new IllegalArgumentException("no question " + question.type());
        Duration grace = Duration.ofMillis(question.int64("grace"));
        CompletableFuture<ContainerBuilder> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("hawser-stop").start(() -> {
            ThreadTicker running = ticker.join();
            DrainReport report = running.drain(grace);
            answer.complete(TickReport.write(running.stats())
                    .with("completed", report.completed())
                    .with("cut", report.cut()));
        });
        return answer;
    }

    /// Ends the process, whatever the ticker does. Of several who call it the first decides.
    private void end(Duration grace, int exitCode) {
        synchronized (this) {
            ThreadTicker running = ticker.getNow(null);
            if (running != null) running.drain(grace);
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
