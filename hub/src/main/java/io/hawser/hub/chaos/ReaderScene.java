package io.hawser.hub.chaos;

import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.hub.processes.HubProcess;
import io.hawser.hub.processes.Processes;
import io.hawser.io.ConnectionLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// A hub as a process of its own, many readers of a log and a live topic, and one more, which reads a live
/// topic of large messages besides, so that its socket fills when it does not.
///
/// Thread: one at a time.
final class ReaderScene implements AutoCloseable {
    /// Once there is as much as a queue holds before live messages are dropped, no more is added to it.
    static final long MOST_QUEUED_BYTES;

    private static final String LOG = "read";
    private static final String LIVE = "live.read";
    private static final String FILLING = "live.filling";
    private static final int FILLING_BYTES = 64 << 10;
    private static final int FILLING_RATE = 100;
    private static final int RECEIVE_BUFFER_BYTES = 64 << 10;

    static {
        long overhead = 1024;
        MOST_QUEUED_BYTES = ConnectionLimits.defaults().softQueueBytes() + FILLING_BYTES + overhead;
    }

    private final Duration time;
    private final HubProcess hub;
    private final Crowd<Reader> readers;
    private final Listener slow;
    private final Crowd<Publisher> publishers;
    private final Tally seenByOthers = new Tally();
    private final Tally seenBySlow = new Tally();
    private final Recorder latencies = new Recorder(3);
    private final List<AutoCloseable> started = new ArrayList<>();

    ReaderScene(ReaderConfig config, Path folder) throws IOException, InterruptedException {
        this.time = config.time();
        try {
            Path file = Files.writeString(folder.resolve("read.conf"), "hub.topics { \"live.\" { class = live } }\n");
            List<String> options = List.of("--threads", "1", "--config", file.toString());
            int port = Processes.freePorts(1).getFirst();
            this.hub = started(HubProcess.start("read", port, HubProcess.FRUGAL, options, folder));
            Endpoint at = hub.endpoint();
            this.readers = started(Crowd.open(readers(config, at)));
            List<String> live = List.of(LIVE, FILLING);
            this.slow =
                    started(new Listener("slow", List.of(at), List.of(LOG), live, seenBySlow, RECEIVE_BUFFER_BYTES));
            slow.start();
            if (ChaosRun.await(() -> slow.isThere() ? 0 : 1) > 0) throw new StartupFailed("no reader gets in", null);
            this.publishers = started(Crowd.open(publishers(config, at)));
            publishers.stream().forEach(Visitor::start);
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T started(T one) {
        started.add(one);
        return one;
    }

    private List<Callable<Reader>> readers(ReaderConfig config, Endpoint hub) {
        List<Callable<Reader>> readers = new ArrayList<>();
        for (int i = 0; i < config.readers(); i++) {
            String uri = StormClient.uri(hub, i);
            readers.add(() -> Reader.connect(uri, LOG, LIVE, seenByOthers, latencies::recordValue));
        }
        return readers;
    }

    private static List<Callable<Publisher>> publishers(ReaderConfig config, Endpoint hub) {
        return List.of(
                () -> publisher(LOG, hub, config.rate(), config.payloadBytes()),
                () -> publisher(LIVE, hub, config.rate(), config.payloadBytes()),
                () -> publisher(FILLING, hub, FILLING_RATE, FILLING_BYTES));
    }

    private static Publisher publisher(String topic, Endpoint hub, int rate, int bytes) {
        return new Publisher(topic, List.of(hub), TimeUnit.SECONDS.toNanos(1) / rate, bytes);
    }

    /// Lets all read, or all but one, and waits in the end until everyone has what was published.
    ReaderOutcome round(boolean isStill) throws InterruptedException {
        forget();
        AtomicLong queued = new AtomicLong();
        String session = "/api/v1/sessions/" + slow.sid();
        try (Polling _ = new Polling(hub.endpoint(), session, said -> {
            var _ = queued.accumulateAndGet(said.path("queued").asLong(), Math::max);
        })) {
            if (isStill) slow.standStill(time.toNanos());
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            Histogram inRound = latencies.getIntervalHistogram();
            Map<String, Long> reached = new HashMap<>();
            publishers.stream().forEach(each -> reached.put(each.topic(), each.acknowledged()));
            long behind = ChaosRun.await(() -> behind(reached));
            return new ReaderOutcome(
                    isStill,
                    ReaderOutcome.Others.of(seenByOthers.take(), seenByOthers.lost.sumThenReset(), inRound),
                    seenBySlow.take(),
                    seenBySlow.lost.sumThenReset(),
                    behind,
                    queued.get());
        }
    }

    private void forget() {
        for (Tally tally : List.of(seenByOthers, seenBySlow)) {
            var _ = tally.take();
            var _ = tally.lost.sumThenReset();
        }
        latencies.reset();
    }

    private long behind(Map<String, Long> reached) {
        long ofLog = reached.getOrDefault(LOG, 0L);
        long ofLive = reached.getOrDefault(LIVE, 0L);
        boolean hasSlow = slow.all((topic, log) -> log.hasReached(ofLog)) && slow.hasReachedLive(reached);
        return readers.stream()
                        .filter(reader -> !reader.hasReached(ofLog, ofLive))
                        .count()
                + (hasSlow ? 0 : 1);
    }

    @Override
    public void close() throws IOException {
        AllClosed.inReverse(started);
    }
}
