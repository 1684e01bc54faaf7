package io.hawser.metrics;

import io.hawser.TimeSource;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.Registration;
import io.hawser.cluster.SubscriptionStats;
import io.hawser.cluster.TopicMessage;
import io.hawser.internal.metrics.Latency;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/// Topics: how many messages, how long from a publication to its delivery, what subscribers missed, and
/// whether the backplane is there.
///
/// The time of delivery is from when the history took a message, by its clock, to when every subscriber of
/// this node has it in its queue. For that it has to hear of each message last: bind it after
/// [io.hawser.cluster.Subscriptions] are made. It costs a publication one look at the clock.
///
/// A registry takes one backplane: the names do not tell two apart.
///
/// Thread: safe from any.
public final class TopicMetrics implements BackplaneListener {
    private static final Duration[] BUCKETS = Latency.buckets();

    private final TimeSource time;
    private final Timer delivery;
    private final Counter interruptions;

    private TopicMetrics(MeterRegistry registry, TimeSource time) {
        this.time = time;
        this.delivery = Timer.builder("hawser.topics.delivery")
                .description("From the publication of a message to the queues of all its subscribers on this node")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        this.interruptions = Counter.builder("hawser.backplane.interruptions")
                .description("How often messages may have been missed, and were asked for again")
                .register(registry);
    }

    /// Measures deliveries and interruptions until it is closed, and the rest as long as the registry is
    /// there.
    ///
    /// @param subscriptions such as [io.hawser.cluster.Subscriptions#stats()]
    /// @return closing it ends the measurement of deliveries and interruptions only
    public static Registration bind(
            MeterRegistry registry, Backplane backplane, Supplier<SubscriptionStats> subscriptions) {
        figures(registry, backplane, subscriptions);
        return backplane.listen(new TopicMetrics(registry, TimeSource.system()));
    }

    private static void figures(
            MeterRegistry registry, Backplane backplane, Supplier<SubscriptionStats> subscriptions) {
        Meters<Backplane> nodes = new Meters<>(registry, backplane, Tags.empty());
        nodes.gauge(
                "hawser.backplane.connected",
                "1 while the other nodes can be reached, else 0",
                each -> each.status().isConnected() ? 1 : 0);
        nodes.gauge(
                "hawser.backplane.nodes",
                "Nodes of the cluster that live",
                each -> each.nodes().names().size());
        Meters<Supplier<SubscriptionStats>> topics = new Meters<>(registry, subscriptions, Tags.empty());
        topics.gauge(
                "hawser.subscriptions",
                "Subscriptions that there are",
                each -> each.get().subscriptions());
        topics.gauge(
                "hawser.subscriptions.waiting",
                "Subscribers that have no room, or wait for a history",
                each -> each.get().waiting());
        topics.counter(
                "hawser.subscriptions.recovered",
                "Subscriptions that got all since their position",
                each -> each.get().recovered());
        topics.counter(
                "hawser.subscriptions.resyncs",
                "Subscriptions that were told of a hole",
                each -> each.get().resyncs());
        topics.counter(
                "hawser.subscriptions.detached",
                "How often a slow reader left a log for its history",
                each -> each.get().detached());
        topics.counter(
                "hawser.subscriptions.missed",
                "Live messages that slow readers missed, and were told of",
                each -> each.get().missed());
    }

    @Override
    public void message(TopicMessage message) {
        Duration taken = Duration.between(message.publishedAt(), time.now());
        // The clock may be another machine's.
        delivery.record(taken.isNegative() ? Duration.ZERO : taken);
    }

    @Override
    public void interrupted() {
        interruptions.increment();
    }
}
