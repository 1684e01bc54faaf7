package io.hawser.hub.dashboard;

import io.hawser.Bytes;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Topic;
import io.hawser.hub.v1.Payload;
import io.hawser.hub.v1.Sender;
import io.hawser.internal.cbor.CborValues;
import io.hawser.tick.Schedule;
import io.hawser.tick.Ticker;
import io.hawser.tick.TickerHandler;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes the figures of this node every second, as long as somebody on any node looks at them.
///
/// Thread: safe from any.
public final class StatsPublisher implements AutoCloseable {
    /// Who subscribes to it hears of every node.
    public static final Topic TOPIC = Topic.of("$hub.stats");

    private static final Logger LOG = LoggerFactory.getLogger(StatsPublisher.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Sender HUB = new Sender("", "");

    private final NodeStats stats;
    private final Backplane backplane;
    private final Ticker ticker;

    private StatsPublisher(NodeStats stats, Backplane backplane) {
        this.stats = stats;
        this.backplane = backplane;
        this.ticker = Ticker.start(
                TickerHandler.of("stats", Schedule.pausing(PAUSE).withFirstAfter(PAUSE), tick -> publishIfAsked()));
    }

    /// Looks every second whether anybody is interested.
    public static StatsPublisher start(NodeStats stats, Backplane backplane) {
        return new StatsPublisher(stats, backplane);
    }

    private void publishIfAsked() {
        if (backplane.presence().count(TOPIC) > 0) publish();
    }

    private void publish() {
        Bytes item = CborValues.encode(stats.take());
        var _ = backplane
                .publish(Publication.of(TOPIC, new Payload("d", item, Optional.empty()).signed(HUB)))
                .exceptionally(failure -> {
                    LOG.debug("the figures of this node were not published", failure);
                    return null;
                });
    }

    @Override
    public void close() {
        ticker.close();
    }
}
