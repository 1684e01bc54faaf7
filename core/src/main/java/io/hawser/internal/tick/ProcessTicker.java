package io.hawser.internal.tick;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.DrainReport;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.StartupFailed;
import io.hawser.internal.process.Backoff;
import io.hawser.internal.process.ChildProcess;
import io.hawser.internal.process.Conversing;
import io.hawser.internal.process.Dialogue;
import io.hawser.internal.process.DialogueServer;
import io.hawser.internal.process.JvmCommand;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.tick.Ticker;
import io.hawser.tick.TickerHandler;
import io.hawser.tick.TickerStats;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A ticker in a process of its own, which is started again when it dies.
///
/// A virtual thread starts the process, waits for its end, pauses and starts the next. The process asks for
/// the state, and reports its figures, over one [Dialogue].
///
/// Lock: this monitor guards the fields that change.
public final class ProcessTicker implements Ticker, Conversing {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessTicker.class);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_EXIT = Duration.ofSeconds(5);

    private final Class<? extends TickerHandler> type;
    private final StateService state;
    private final DialogueServer server;
    private final Logger output;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Backoff backoff = new Backoff(new SplittableRandom());
    private final Thread keeper;
    private String name;
    private @Nullable ChildProcess child;
    private @Nullable Dialogue dialogue;
    private TickerStats ended = TickerStats.none();
    private TickerStats running = TickerStats.none();
    private long restarts;
    private boolean stopping;

    private ProcessTicker(Class<? extends TickerHandler> type, StateTable table) {
        this.type = type;
        this.name = type.getSimpleName();
        this.output = LoggerFactory.getLogger("io.hawser.tick." + name);
        this.state = new StateService(table);
        this.server = DialogueServer.start(this, TickerMain.MAX_MESSAGE_BYTES);
        this.keeper = Thread.ofVirtual().name("hawser-keeper-" + name).unstarted(this::keep);
    }

    /// Starts the process, and returns when its start hook has run.
    public static ProcessTicker start(Class<? extends TickerHandler> type, StateTable table) {
        checkConstructor(type);
        ProcessTicker ticker = new ProcessTicker(type, table);
        ticker.keeper.start();
        try {
            ticker.awaitReady();
            return ticker;
        } catch (RuntimeException e) {
            ticker.close();
            throw e;
        }
    }

    private static void checkConstructor(Class<? extends TickerHandler> type) {
        if (!Modifier.isPublic(type.getModifiers())) {
            throw new IllegalArgumentException(type.getName() + " is not public");
        }
        try {
            var _ = type.getConstructor();
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getName() + " has no public constructor without parameters", e);
        }
    }

    private void awaitReady() {
        Deadline deadline = Deadline.current();
        Deadline end = deadline.earlier(Deadline.after(LONGEST_START));
        try {
            ready.get(Math.max(0, end.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while ticker " + name() + " started", Processed.MAYBE, e);
        } catch (ExecutionException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new StartupFailed("ticker " + name() + " does not start: " + why.getMessage(), e);
        } catch (TimeoutException e) {
            if (end == deadline) throw new DeadlineExceeded("ticker " + name() + " to start", Processed.MAYBE);
            throw new StartupFailed("ticker " + name() + " does not start within " + LONGEST_START, e);
        }
    }

    private void keep() {
        try {
            while (true) {
                ChildProcess started = launch();
                if (started == null) return;
                int code = started.awaitEnd();
                if (!ready.isDone()) {
                    ready.completeExceptionally(new StartupFailed("its process ended with " + code, null));
                    return;
                }
                Duration pause = backoff.after(started.age());
                if (!died()) return;
                LOG.warn("{} ended with {}; another one is started in {} ms", started, code, pause.toMillis());
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("ticker {} is not started again", name());
        } catch (RuntimeException e) {
            if (!ready.completeExceptionally(e)) LOG.error("ticker {} cannot be started again", name(), e);
        }
    }

    private synchronized @Nullable ChildProcess launch() {
        if (stopping) return null;
        String socket = server.endpoint().host();
        ChildProcess started = ChildProcess.start(
                "ticker " + name,
                JvmCommand.of(TickerMain.class, List.of(socket, type.getName())),
                line -> output.info("{}", line));
        child = started;
        return started;
    }

    /// Its process has ended.
    ///
    /// @return false if that was to be
    private synchronized boolean died() {
        child = null;
        if (stopping) return false;
        restarts++;
        return true;
    }

    @Override
    public void begun(Dialogue with) {
        state.begun(with);
        synchronized (this) {
            dialogue = with;
        }
    }

    @Override
    public void ended(Dialogue with) {
        state.ended(with);
        synchronized (this) {
            if (!with.equals(dialogue)) return;
            dialogue = null;
            ended = TickReport.sum(ended, running, 0);
            running = TickerStats.none();
        }
    }

    @Override
    public CompletableFuture<ContainerBuilder> answer(Dialogue with, Container question) {
        switch (question.type()) {
            case "name" -> named(question.string("name"));
            case "ready" -> ready.complete(null);
            case "unable" -> ready.completeExceptionally(new StartupFailed(question.string("msg"), null));
            case TickReport.TYPE -> ticked(TickReport.read(question));
            default -> {
                return state.answer(with, question);
            }
        }
        return CompletableFuture.completedFuture(Container.of("answer"));
    }

    private synchronized void named(String said) {
        name = said;
    }

    private synchronized void ticked(TickerStats stats) {
        running = stats;
    }

    @Override
    public synchronized String name() {
        return name;
    }

    @Override
    public synchronized TickerStats stats() {
        return TickReport.sum(ended, running, restarts);
    }

    @Override
    public DrainReport drain(Duration grace) {
        ChildProcess process;
        Dialogue to;
        synchronized (this) {
            if (stopping) return new DrainReport(0, 0);
            stopping = true;
            process = child;
            to = ready.isCompletedExceptionally() ? null : dialogue;
        }
        DrainReport report = to == null ? new DrainReport(0, 0) : stop(to, grace);
        if (process != null) {
            if (to == null) process.close();
            else process.awaitEnd(LONGEST_EXIT);
        }
        keeper.interrupt();
        server.close();
        return report;
    }

    private DrainReport stop(Dialogue to, Duration grace) {
        Deadline deadline = Deadline.after(grace.plus(LONGEST_EXIT));
        try {
            Container said = to.ask(Container.of("stop").with("grace", grace.toMillis()), to.nextId(), deadline);
            ticked(TickReport.read(said));
            return new DrainReport(said.int64("completed"), said.int64("cut"));
        } catch (HawserException e) {
            LOG.warn("ticker {} did not stop in order: {}", name(), e.getMessage());
            return new DrainReport(0, 1);
        } finally {
            to.close();
        }
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
    }
}
