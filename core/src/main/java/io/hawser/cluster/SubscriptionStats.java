package io.hawser.cluster;

/// Figures of all followers at one moment; counts are since the start.
///
/// @param subscriptions that there are
/// @param waiting followers that have no room, or wait for a history that cannot be read
/// @param recovered subscriptions that got all since their position
/// @param resyncs how often one could not
/// @param detached how often a slow reader left a log for its history
/// @param missed live messages that were dropped
public record SubscriptionStats(
        long subscriptions, int waiting, long recovered, long resyncs, long detached, long missed) {}
