package io.hawser.hub.dashboard;

import io.hawser.cluster.Backplane;
import io.hawser.cluster.SubscriptionStats;
import io.hawser.io.IoThreads;
import io.hawser.tcp.ServerStats;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// Where the figures of a node come from.
///
/// @param node its name
/// @param server connections
/// @param io event loops
/// @param backplane topics and the other nodes
/// @param subscriptions of its sessions
/// @param sessions of hawser.v1, those that wait for their client included
/// @param streams of server-sent events
/// @param registry latencies
public record StatsSource(
        String node,
        Supplier<ServerStats> server,
        IoThreads io,
        Backplane backplane,
        Supplier<SubscriptionStats> subscriptions,
        IntSupplier sessions,
        IntSupplier streams,
        MeterRegistry registry) {}
