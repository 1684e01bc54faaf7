package io.hawser.internal.client;

import io.hawser.Endpoint;
import io.hawser.session.CloseReason;
import io.hawser.session.Session;
import java.time.Duration;

/// One connection of a client that stays connected.
public interface ClientLink extends Session {
    /// Sends a message, and waits while the queue is over its soft bound.
    void send(Sending sending);

    /// Sends a message that has waited for the connection, whatever the bounds say. Thread: the event loop.
    ///
    /// @return false if that failed, and with it the connection
    boolean sendKept(Sending sending);

    /// Waits until messages may be sent.
    ///
    /// @throws io.hawser.SessionClosed if the server refused
    /// @throws io.hawser.ConnectFailed if it did not answer in time
    /// @throws io.hawser.ConnectionLost if it closed without a word
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    void awaitOpen(Endpoint endpoint, Duration atMost);

    /// Waits until the connection has ended, and what it was given and did not write is back in the queue.
    CloseReason awaitEnd() throws InterruptedException;
}
