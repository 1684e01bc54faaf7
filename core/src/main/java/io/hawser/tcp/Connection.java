package io.hawser.tcp;

import io.hawser.Endpoint;
import io.hawser.session.Offer;
import io.hawser.session.SessionStats;

/// One TCP connection that carries frames.
///
/// Thread: every method may be called from any thread.
///
/// @param <F> a frame, as its [Framing] makes it
public interface Connection<F> extends AutoCloseable {
    ConnectionState state();

    Endpoint remote();

    Endpoint local();

    SessionStats stats();

    /// Queues `frame`, and waits while the queue is over its soft bound.
    ///
    /// Thread: may block, so it is refused on an event loop, where [#offer(Object)] is the call.
    ///
    /// @throws io.hawser.SessionClosed if the connection ends before the frame is queued
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    /// @throws io.hawser.LimitExceeded if the frame is longer than the framing allows
    /// @throws IllegalArgumentException if the framing has no form for it
    /// @throws IllegalStateException on an event loop
    void send(F frame);

    /// Queues `frame` if the queue is below its soft bound and the frame fits below the hard one, and never
    /// waits. Whatever its length, a frame fits an empty queue.
    ///
    /// @throws io.hawser.LimitExceeded if the frame is longer than the framing allows
    /// @throws IllegalArgumentException if the framing has no form for it
    Offer offer(F frame);

    /// Waits for the next frame. For connections that were opened without a handler.
    ///
    /// @throws io.hawser.SessionClosed once the connection has ended and all that came before is received
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    /// @throws IllegalStateException if the connection has a handler, which gets the frames, or on an event
    ///     loop
    F receive();

    /// Sends what is queued, then closes. Returns at once.
    @Override
    void close();

    /// Cuts the connection now; what is queued is dropped.
    void abort();
}
