package io.hawser.messaging;

import io.hawser.Bytes;

/// What one [Stage] does to the payloads of one connection in one direction.
///
/// It may keep state: payloads come in the order of the connection, each once.
///
/// Thread: the connection's event loop, which runs both directions, one call after another; it must not wait.
@FunctionalInterface
public interface Transform extends AutoCloseable {
    /// Transforms one payload.
    ///
    /// Errors: whatever is thrown ends the pipeline of the connection. On receiving, an exception that is no
    /// [io.hawser.HawserException] becomes a [io.hawser.ProtocolError] with code 4004 that keeps its message back.
    ///
    /// @param frameType the type of the frame, without bit 15
    /// @param sequence the number of the message in its direction, counted from 0
    Bytes apply(int frameType, long sequence, Bytes payload) throws Exception;

    /// Releases what the transform holds. Called once, after the last payload.
    @Override
    default void close() {}
}
