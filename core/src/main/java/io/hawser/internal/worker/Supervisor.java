package io.hawser.internal.worker;

import io.hawser.Rejected;
import io.hawser.internal.process.Backoff;
import io.hawser.internal.process.ChildProcess;
import io.hawser.internal.process.Conversing;
import io.hawser.internal.process.Dialogue;
import io.hawser.internal.process.DialogueServer;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts worker processes, starts another when one dies, and replaces them one after another when it is asked to.
///
/// A place has one worker, and while it is replaced a second one: the new one accepts before the old one stops. Each
/// worker has a number of its own, and talks with the supervisor over one [Dialogue]. It watches its standard input,
/// and goes when the supervisor does.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards the places and whether it stops; nothing is waited for while it is held.
public final class Supervisor implements Conversing, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration EXIT = Duration.ofSeconds(3);

    private final Optional<BackplaneService> topics;
    private final DialogueServer server;
    private final Map<Dialogue, WorkerProcess> talking = new ConcurrentHashMap<>();
    private final Map<Integer, WorkerProcess> living = new ConcurrentHashMap<>();
    private final Tally tally = new Tally();
    private final AtomicBoolean isRolling = new AtomicBoolean();
    private final Duration grace;
    private List<Place> places = List.of();
    private @Nullable WorkerPlan plan;
    private int lastNumber;
    private long restarts;
    private boolean isStopping;

    private static final class Place {
        private final Backoff backoff = new Backoff(new SplittableRandom());
        private @Nullable WorkerProcess worker;
    }

    private Supervisor(Optional<BackplaneService> topics, Duration grace) {
        this.topics = topics;
        this.grace = grace;
        this.server = DialogueServer.start(this, BackplaneService.MAX_MESSAGE_BYTES);
    }

    /// One without workers.
    ///
    /// @param topics what its workers have in common, which it closes
    /// @param grace in which a worker drains before it is killed
    public static Supervisor open(Optional<BackplaneService> topics, Duration grace) {
        return new Supervisor(topics, grace);
    }

    /// Where its workers find it; for this user only, and gone when it is closed.
    public Path folder() {
        return server.folder();
    }

    /// Starts the first worker, and when that is ready the others.
    ///
    /// @return what a worker said of itself; empty if the first ended before it was ready, which it has explained
    /// @throws io.hawser.StartupFailed if a process cannot be started
    public Optional<Container> start(WorkerPlan planned) {
        List<Place> all = new ArrayList<>();
        for (int i = 0; i < planned.count(); i++) all.add(new Place());
        synchronized (this) {
            plan = planned;
            places = List.copyOf(all);
        }
        Optional<Container> said = fill(0).flatMap(this::awaitReady);
        if (said.isEmpty()) return said;
        List<WorkerProcess> others = new ArrayList<>();
        for (int slot = 1; slot < planned.count(); slot++) fill(slot).ifPresent(others::add);
        for (WorkerProcess other : others) {
            if (awaitReady(other).isEmpty()) LOG.warn("{} is not ready yet", other);
        }
        return said;
    }

    private Optional<WorkerProcess> fill(int slot) {
        synchronized (this) {
            Place place = places.get(slot);
            if (place.worker != null) return Optional.empty();
            Optional<WorkerProcess> started = launch(slot);
            place.worker = started.orElse(null);
            return started;
        }
    }

    private synchronized Optional<WorkerProcess> launch(int slot) {
        WorkerPlan planned = plan;
        if (isStopping || planned == null) return Optional.empty();
        int number = ++lastNumber;
        List<String> command = planned.command().apply(number);
        WorkerProcess worker = new WorkerProcess(number, slot, ChildProcess.start("worker " + number, command));
        living.put(number, worker);
        Thread.ofVirtual().name("hawser-keeper-" + number).start(() -> keep(worker));
        return Optional.of(worker);
    }

    private Optional<Container> awaitReady(WorkerProcess worker) {
        try {
            return Optional.of(worker.ready.get(LONGEST_START.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    /// Waits for the end of a worker, and starts another in its place.
    private void keep(WorkerProcess worker) {
        try {
            int code = worker.process.awaitEnd();
            if (!ended(worker)) return;
            Duration pause = places().get(worker.slot).backoff.after(worker.process.age());
            LOG.warn("{} ended with {}; another one is started in {} ms", worker, code, pause.toMillis());
            Thread.sleep(pause);
            refill(worker);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Tries until there is another, or it stops: what is short now, memory or processes, may not be later.
    private void refill(WorkerProcess gone) throws InterruptedException {
        for (boolean isDone = false; !isDone; ) {
            try {
                var _ = fill(gone.slot);
                isDone = true;
            } catch (RuntimeException e) {
                Duration pause = places().get(gone.slot).backoff.after(Duration.ZERO);
                LOG.error("no worker can be started in the place of {}; next try in {} ms", gone, pause.toMillis(), e);
                Thread.sleep(pause);
            }
        }
    }

    private synchronized List<Place> places() {
        return places;
    }

    /// @return whether its place is to be filled again
    private boolean ended(WorkerProcess worker) {
        living.remove(worker.number);
        tally.ended(worker.number);
        synchronized (this) {
            worker.hasEnded = true;
            Place place = places.get(worker.slot);
            boolean isMissed = worker.equals(place.worker) && !worker.isLeaving && !isStopping;
            // The first one of all has to be ready once before it is worth another try.
            if (isMissed) isMissed = worker.number > 1 || worker.ready.isDone();
            if (worker.equals(place.worker)) place.worker = null;
            if (isMissed) restarts++;
            worker.ready.completeExceptionally(new Rejected("it ended", null));
            return isMissed;
        }
    }

    /// Replaces all workers, one after another: the next one goes when the one before has drained. Does nothing while
    /// it is at it already; stops where a new worker does not become ready.
    public void roll() {
        if (!isRolling.compareAndSet(false, true)) {
            LOG.warn("the workers are being replaced already");
            return;
        }
        try {
            int count = places().size();
            for (int slot = 0; slot < count; slot++) {
                if (!replace(slot)) return;
            }
            LOG.info("{} workers were replaced", count);
        } finally {
            isRolling.set(false);
        }
    }

    private boolean replace(int slot) {
        Optional<WorkerProcess> launched = launch(slot);
        if (launched.isEmpty()) return false;
        WorkerProcess next = launched.get();
        boolean isReady = awaitReady(next).isPresent();
        WorkerProcess old;
        synchronized (this) {
            if (!isReady || next.hasEnded || isStopping) {
                next.isLeaving = true;
                old = next;
            } else {
                Place place = places.get(slot);
                old = place.worker;
                place.worker = next;
                if (old != null) old.isLeaving = true;
            }
        }
        if (old != null) old.stop(grace.plus(EXIT));
        if (next.equals(old)) LOG.error("{} is not ready: the workers that there are stay", next);
        return !next.equals(old);
    }

    /// Asks all workers to read their configuration again.
    public void reload() {
        for (Dialogue each : talking.keySet()) each.offer(Container.of(WorkerLink.RELOAD));
    }

    /// How many workers run, those that are leaving too.
    public int workerCount() {
        return living.size();
    }

    /// Workers that were started in the place of one that died.
    public synchronized long restarts() {
        return restarts;
    }

    /// The figures of all workers, added up.
    public Map<String, Long> sums() {
        return tally.sums();
    }

    @Override
    public CompletableFuture<ContainerBuilder> answer(Dialogue with, Container question) {
        return switch (question.type()) {
            case WorkerLink.HELLO -> CompletableFuture.completedFuture(greet(with, question.int32("number")));
            case WorkerLink.READY -> {
                WorkerProcess worker = talking.get(with);
                if (worker != null) worker.ready.complete(question);
                yield CompletableFuture.completedFuture(Container.of("done"));
            }
            case Figures.TYPE -> {
                WorkerProcess worker = talking.get(with);
                if (worker != null) tally.report(worker.number, Figures.read(question));
                yield CompletableFuture.completedFuture(Figures.write(tally.sums()));
            }
            default ->
                topics.filter(_ -> BackplaneService.knows(question))
                        .orElseThrow(() -> new IllegalArgumentException("no question " + question.type()))
                        .answer(with, question);
        };
    }

    private ContainerBuilder greet(Dialogue with, int number) {
        WorkerProcess worker = living.get(number);
        WorkerPlan planned;
        synchronized (this) {
            planned = plan;
        }
        if (worker == null || planned == null) throw new IllegalArgumentException("no worker " + number);
        talking.put(with, worker);
        return planned.settings().apply(number);
    }

    @Override
    public void ended(Dialogue dialogue) {
        talking.remove(dialogue);
        topics.ifPresent(service -> service.ended(dialogue));
    }

    /// Lets all workers drain, and kills those that have not ended after the grace. Closing twice does nothing.
    @Override
    public void close() {
        List<WorkerProcess> all;
        synchronized (this) {
            if (isStopping) return;
            isStopping = true;
            all = List.copyOf(living.values());
            for (WorkerProcess each : all) each.isLeaving = true;
        }
        for (WorkerProcess each : all) each.process.terminate();
        long end = System.nanoTime() + grace.plus(EXIT).toNanos();
        for (WorkerProcess each : all) each.process.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        server.close();
        topics.ifPresent(BackplaneService::close);
    }
}
