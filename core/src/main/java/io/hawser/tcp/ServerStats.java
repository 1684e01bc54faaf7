package io.hawser.tcp;

import java.time.Duration;
import java.util.List;

/// What a port has done and holds, read without stopping it: each number is right, their sum may be a moment
/// apart.
///
/// @param connections that there are, those whose protocol is not known yet included
/// @param accepted connections so far
/// @param refused because there were as many as there may be
/// @param handshakes of TLS
/// @param protocols those that are served, and `websocket`
public record ServerStats(
        int connections, long accepted, long refused, Handshakes handshakes, List<ProtocolStats> protocols) {
    public ServerStats {
        protocols = List.copyOf(protocols);
    }

    /// Handshakes of TLS so far.
    ///
    /// @param completed those that succeeded
    /// @param failed those that did not
    /// @param time that the completed ones took together
    public record Handshakes(long completed, long failed, Duration time) {}
}
