package io.hawser.hub.bench.topics;

import io.hawser.Rejected;
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
    private static final int PAYLOAD_BYTES = 100;

    /// How it went.
    ///
    /// @param recovered clients whose subscription says so
    /// @param complete clients that have all that they missed
    /// @param back from the first connection of the way back until all are subscribed again
    /// @param took until the last message
    public record Report(
            int clients,
            int topics,
            int missed,
            long recovered,
            long complete,
            Duration back,
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
        return run(hubs, clients, topics, missed, meanwhile, PATIENCE);
    }

    /// As the other, which waits for a minute.
    ///
    /// @param patience in which the clients have to have what they missed
    public static Report run(
            List<InetSocketAddress> hubs, int clients, int topics, int missed, Runnable meanwhile, Duration patience)
            throws IOException {
        if (clients < 1 || topics < 1 || missed < 1) throw new IllegalArgumentException("each has to be at least 1");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < topics; i++) names.add("bench.recovery." + i);
        TopicTally tally = new TopicTally();
        try (TopicPublisher publisher = new TopicPublisher(hubs.getFirst(), PAYLOAD_BYTES);
                TopicPeers peers = new TopicPeers(hubs, clients, names, tally)) {
            peers.open(in(PATIENCE));
            if (tally.subscribed < clients) {
                throw new Rejected(tally.subscribed + " of " + clients + " are subscribed: " + tally.failure, null);
            }
            peers.cut();
            publish(publisher, names, missed);
            meanwhile.run();
            return comeBack(peers, tally, clients, topics, missed, in(patience));
        }
    }

    private static void publish(TopicPublisher publisher, List<String> topics, int missed) throws IOException {
        for (int i = 0; i < missed; i++) {
            for (String topic : topics) {
                publisher.publish(topic, System.nanoTime());
                publisher.await(MAX_UNANSWERED);
            }
        }
        publisher.await(0);
    }

    private static Report comeBack(
            TopicPeers peers, TopicTally tally, int clients, int topics, int missed, BooleanSupplier late)
            throws IOException {
        long start = System.nanoTime();
        long before = tally.recovered;
        peers.open(late);
        Duration back = Duration.ofNanos(System.nanoTime() - start);
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
                back,
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
