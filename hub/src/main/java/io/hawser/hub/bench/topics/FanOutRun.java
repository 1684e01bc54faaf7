package io.hawser.hub.bench.topics;

import io.hawser.HawserException;
import io.hawser.Rejected;
import io.hawser.hub.bench.Percentiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Publishes to many subscribers of one topic or several, in turn: as much as goes, or at a rate.
///
/// Thread: the caller reads; another publishes.
public final class FanOutRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// Of each topic on their way at once: with more, a hub sends several in one piece, which costs it so
    /// much less that a part of the most is no part of what it can do one by one.
    private static final int WINDOW = 1;

    private static final int MAX_UNANSWERED = 48;

    /// How a run went.
    ///
    /// @param published messages
    /// @param delivered messages, each counted for each subscriber
    /// @param latency from when a message was due to be published until a subscriber has read it
    public record Report(
            int subscribers,
            int topics,
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

        /// How many deliveries there should be.
        public long due() {
            return published * subscribers / topics;
        }

        /// Whether everything that was published has come to everybody, once.
        public boolean isClean() {
            return holes == 0 && duplicates == 0 && failures == 0 && delivered == due();
        }
    }

    private final int subscribers;
    private final List<String> topics = new ArrayList<>();
    private final TopicTally tally = new TopicTally();
    private final TopicPeers peers;
    private final TopicPublisher publisher;

    /// Connects all.
    ///
    /// @param hubs over which the subscribers are spread; the first is published to
    /// @param count of topics, each with as many subscribers as any other
    /// @throws Rejected if not all are let in
    public FanOutRun(List<InetSocketAddress> hubs, int subscribers, int count, int payloadBytes) throws IOException {
        if (count < 1 || subscribers < count || subscribers % count != 0) {
            throw new IllegalArgumentException("subscribers " + subscribers + ": a multiple of " + count + " topics");
        }
        for (int i = 0; i < count; i++) topics.add("bench.fan-out." + i);
        this.subscribers = subscribers;
        this.publisher = new TopicPublisher(hubs.getFirst(), payloadBytes);
        this.peers = new TopicPeers(hubs, subscribers, topics, tally);
        peers.open(in(PATIENCE));
        if (tally.subscribed < subscribers) {
            throw new Rejected(tally.subscribed + " of " + subscribers + " are subscribed: " + tally.failure, null);
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
            int each = subscribers / topics.size();
            while (!isOver.getAsBoolean()) {
                if (due() + each - tally.delivered() > (long) WINDOW * subscribers) LockSupport.parkNanos(10_000);
                else publish(System.nanoTime());
            }
        });
    }

    private void publish(long dueNanos) throws IOException {
        publisher.publish(topics.get((int) (publisher.published() % topics.size())), dueNanos);
    }

    /// How many deliveries there should be by now.
    private long due() {
        return publisher.published() * subscribers / topics.size();
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
                publish(due);
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
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long start = System.nanoTime();
        Thread thread = Thread.ofPlatform().name("bench-publisher").start(() -> {
            try {
                publishing.publish();
                publisher.await(0);
            } catch (IOException | HawserException e) {
                failure.set(e);
            }
            isDone.set(true);
        });
        peers.run(isDone::get);
        BooleanSupplier late = in(PATIENCE);
        peers.run(() -> tally.delivered() >= due() || late.getAsBoolean());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        join(thread);
        Exception failed = failure.get();
        if (failed instanceof HawserException refused) throw refused;
        if (failed != null) throw new IOException(failed);
        return new Report(
                subscribers,
                topics.size(),
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
