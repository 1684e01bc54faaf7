package io.hawser.internal.websocket;

import io.hawser.session.SessionConfig;
import io.hawser.websocket.WebSocketConfig;

/// What all connections of one server or client have in common.
///
/// @param isClient which side of each connection is ours
/// @param fragmentBytes of the longest frame that we send
/// @param maxReceivedFrameBytes of what we receive
/// @param maxCompressedFrameBytes of what we receive compressed, which may be a little longer than what it
///     stands for
record WebSocketSettings(
        boolean isClient,
        int maxMessageBytes,
        int fragmentBytes,
        int maxReceivedFrameBytes,
        int maxCompressedFrameBytes,
        SessionConfig session) {
    static WebSocketSettings of(boolean isClient, WebSocketConfig config) {
        int message = config.maxMessageBytes();
        return new WebSocketSettings(
                isClient,
                message,
                config.fragmentBytes(),
                Math.min(config.maxFrameBytes(), message),
                Math.min(config.maxFrameBytes(), message + message / 64 + 64),
                config.session());
    }
}
