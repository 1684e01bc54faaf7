package io.hawser.tcp;

/// Why a server turned somebody away, or cut them off, to protect itself.
public enum ShedCause {
    /// A connection while all places were taken.
    FULL,
    /// A connection while a share of the heap was used up ([MemoryShares]).
    MEMORY,
    /// A connection that held the most of unfinished messages, when these had used up their share.
    UNFINISHED,
    /// A connection that most was queued for, when queues had used up their share.
    QUEUED,
    /// A connection that had not greeted yet, for a newer one.
    NEWCOMER,
    /// A connection from a network that is kept out.
    NETWORK,
    /// A connection over the most of its address.
    ADDRESS_CONNECTIONS,
    /// A connection over the rate of its address.
    ADDRESS_ARRIVALS,
    /// A request over the rate of its address.
    ADDRESS_REQUESTS,
    /// Reading that paused, because the address sends more than it may.
    ADDRESS_BYTES,
    /// A connection that showed no protocol of the server, or not in time.
    UNRECOGNIZED,
    /// A head, or a first request, that did not come in time.
    SLOW_HEAD,
    /// A body that came too slowly.
    SLOW_BODY,
    /// A peer that took nothing of what was sent to it.
    SLOW_READER,
    /// A request while all handlers were at work.
    HANDLERS
}
