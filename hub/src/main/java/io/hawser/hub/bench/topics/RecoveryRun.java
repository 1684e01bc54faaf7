package io.hawser.hub.bench.topics;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Many clients lose their connections, miss messages, come back all at once, and get what they missed.
///
/// Thread: one.
public final class RecoveryRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MAX_UNANSWERED = 48;

    /// How it went.
    ///
    /// @param recovered clients whose subscription says so
    /// @param complete clients that have all that they missed
    /// @param took from the first connection of the way back to the last message
    public record Report(
            int clients,
            int topics,
            int missed,
            long recovered,
            long complete,
            Duration took,
            long holes,
            long duplicates,
            long resyncs,
            long failures,
            String failure) {
        public boolean isClean() {
            return recovered == clients && complete == clients && holes + duplicates + resyncs + failures == 0;
        }
    }

    private RecoveryRun() {}

    /// Runs it.
    ///
    /// @param hubs over which the clients are spread; the first is published to
    /// @param meanwhile done when the messages are published and before the clients come back
    public static Report run(List<InetSocketAddress> hubs, int clients, int topics, int missed, Runnable meanwhile)
            throws IOException {
        if (clients < 1 || topics < 1 || missed < 1) throw new IllegalArgumentException("each has to be at least 1");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < topics; i++) names.add("bench.recovery." + i);
        TopicTally tally = new TopicTally();
        try (TopicPeers peers = new TopicPeers(hubs, clients, names, tally)) {
            peers.open(in(PATIENCE));
            if (tally.subscribed < clients) {
                throw new IOException(tally.subscribed + " of " + clients + " are subscribed: " + tally.failure);
            }
            peers.cut();
            publish(hubs.getFirst(), names, missed);
            meanwhile.run();
            return comeBack(peers, tally, clients, topics, missed);
        }
    }

    private static void publish(InetSocketAddress hub, List<String> topics, int missed) throws IOException {
        try (TopicPublisher publisher = new TopicPublisher(hub, 100)) {
            for (int i = 0; i < missed; i++) {
                for (String topic : topics) {
                    publisher.publish(topic, System.nanoTime());
                    publisher.await(MAX_UNANSWERED);
                }
            }
            publisher.await(0);
        }
    }

    private static Report comeBack(TopicPeers peers, TopicTally tally, int clients, int topics, int missed)
            throws IOException {
        long start = System.nanoTime();
        BooleanSupplier late = in(PATIENCE);
        long before = tally.recovered;
        peers.open(late);
        long all = (long) clients * missed;
        peers.run(() -> tally.delivered() >= all || late.getAsBoolean());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        long complete =
                peers.all().stream().filter(peer -> peer.last() == missed).count();
        return new Report(
                clients,
                topics,
                missed,
                tally.recovered - before,
                complete,
                took,
                tally.holes,
                tally.duplicates,
                tally.resyncs,
                tally.failures,
                tally.failure);
    }

    private static BooleanSupplier in(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() - end > 0;
    }
}
