package io.hawser.session;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.internal.client.Sending;

/// What became of one message that a client was given to send.
///
/// Thread: safe from any.
public sealed interface Receipt permits Sending {
    /// Where the message is. It moves from QUEUED to one of the others, once.
    enum State {
        /// In a queue of the client; it will be sent, on the next connection if need be.
        QUEUED,
        /// Taken by the operating system. Whether it arrived, only an answer of the peer tells.
        SENT,
        /// Given up: the connection was lost while it was being written, or the client was closed. It may or
        /// may not have arrived.
        LOST
    }

    State state();

    /// Waits while the message is queued.
    ///
    /// @throws DeadlineExceeded at [Deadline#current()]; the message stays queued
    /// @throws Cancelled if the thread is interrupted; the flag stays set
    /// @throws IllegalStateException on an event loop
    default State await() {
        Sending sending = (Sending) this;
        try {
            if (!sending.awaitEnd(Deadline.current())) {
                throw new DeadlineExceeded("a message to be sent", Processed.MAYBE);
            }
            return state();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for a message to be sent", Processed.MAYBE, e);
        }
    }
}
