package io.hawser.client;

import io.hawser.Bytes;

/// One connection to a hub, which carries maps of CBOR.
///
/// Thread: any may send, one receives.
interface HubWire extends AutoCloseable {
    /// Sends one message.
    ///
    /// @param isData whether it is a message of the application rather than of the protocol
    void send(Bytes map, boolean isData);

    /// Waits for the next map.
    ///
    /// @throws HubGoodbye if the hub ends the connection, it is lost, or [io.hawser.Deadline#current()]
    ///     passes
    Bytes receive();

    /// Says goodbye and closes.
    @Override
    void close();
}
