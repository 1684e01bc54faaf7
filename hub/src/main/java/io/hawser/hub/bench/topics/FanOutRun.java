package io.hawser.hub.bench.topics;

import io.hawser.hub.bench.Percentiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Publishes to many subscribers of one topic: as much as goes, or at a rate.
///
/// Thread: the caller reads; another publishes.
public final class FanOutRun implements AutoCloseable {
    private static final String TOPIC = "bench.fan-out";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WINDOW = 8;
    private static final int MAX_UNANSWERED = 48;

    /// How a run went.
    ///
    /// @param published messages
    /// @param delivered messages, each counted for each subscriber
    /// @param latency from when a message was due to be published until a subscriber has read it
    public record Report(
            int subscribers,
            long published,
            long delivered,
            Duration took,
            Percentiles latency,
            long holes,
            long duplicates,
            long failures) {
        public double publishedPerSecond() {
            return published * 1e9 / took.toNanos();
        }

        public double deliveredPerSecond() {
            return delivered * 1e9 / took.toNanos();
        }

        /// Whether everything that was published has come to everybody, once.
        public boolean isClean() {
            return holes == 0 && duplicates == 0 && failures == 0 && delivered == published * subscribers;
        }
    }

    private final int subscribers;
    private final TopicTally tally = new TopicTally();
    private final TopicPeers peers;
    private final TopicPublisher publisher;

    /// Connects all.
    ///
    /// @param hubs over which the subscribers are spread; the first is published to
    public FanOutRun(List<InetSocketAddress> hubs, int subscribers, int payloadBytes) throws IOException {
        if (subscribers < 1) throw new IllegalArgumentException("subscribers " + subscribers + ": at least 1");
        this.subscribers = subscribers;
        this.publisher = new TopicPublisher(hubs.getFirst(), payloadBytes);
        this.peers = new TopicPeers(hubs, subscribers, List.of(TOPIC), tally);
        peers.open(in(PATIENCE));
        if (tally.subscribed < subscribers) {
            throw new IOException(tally.subscribed + " of " + subscribers + " are subscribed: " + tally.failure);
        }
    }

    private static BooleanSupplier in(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() - end > 0;
    }

    /// As many as the subscribers take, with few on their way.
    public Report flood(Duration duration) throws IOException {
        return run(() -> {
            BooleanSupplier isOver = in(duration);
            while (!isOver.getAsBoolean()) {
                if (publisher.published() - baseMessages() >= WINDOW) LockSupport.parkNanos(10_000);
                else publisher.publish(TOPIC, System.nanoTime());
            }
        });
    }

    private long baseMessages() {
        return tally.delivered() / subscribers;
    }

    /// So many a second, whatever becomes of them.
    public Report atRate(double perSecond, Duration duration) throws IOException {
        return run(() -> {
            long start = System.nanoTime();
            long count = (long) (perSecond * duration.toNanos() / 1e9);
            for (long i = 0; i < count; i++) {
                long due = start + (long) (i * 1e9 / perSecond);
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                publisher.publish(TOPIC, due);
                publisher.await(MAX_UNANSWERED);
            }
        });
    }

    private interface Publishing {
        void publish() throws IOException;
    }

    private Report run(Publishing publishing) throws IOException {
        tally.latency.reset();
        long publishedBefore = publisher.published();
        long deliveredBefore = tally.delivered();
        AtomicBoolean isDone = new AtomicBoolean();
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        long start = System.nanoTime();
        Thread thread = Thread.ofPlatform().name("bench-publisher").start(() -> {
            try {
                publishing.publish();
                publisher.await(0);
            } catch (IOException e) {
                failure.set(e);
            }
            isDone.set(true);
        });
        peers.run(isDone::get);
        BooleanSupplier late = in(PATIENCE);
        peers.run(() -> tally.delivered() >= publisher.published() * subscribers || late.getAsBoolean());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        join(thread);
        IOException failed = failure.get();
        if (failed != null) throw failed;
        return new Report(
                subscribers,
                publisher.published() - publishedBefore,
                tally.delivered() - deliveredBefore,
                took,
                Percentiles.of(tally.latency),
                tally.holes,
                tally.duplicates,
                tally.failures);
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        peers.close();
        publisher.close();
    }
}
