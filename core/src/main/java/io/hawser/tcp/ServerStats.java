package io.hawser.tcp;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a port has done and holds, read without stopping it: each number is right, their sum may be a moment
/// apart.
///
/// @param connections that there are, those whose protocol is not known yet included
/// @param accepted connections so far
/// @param refused at the door, for whatever reason
/// @param handshakes of TLS
/// @param protocols those that are served, and `websocket`
/// @param shed whom it turned away or cut off to protect itself, by cause; every cause is there
public record ServerStats(
        int connections,
        long accepted,
        long refused,
        Handshakes handshakes,
        List<ProtocolStats> protocols,
        Map<ShedCause, Long> shed) {
    public ServerStats {
        protocols = List.copyOf(protocols);
        shed = Collections.unmodifiableMap(new EnumMap<>(shed));
    }

    /// Handshakes of TLS so far.
    ///
    /// @param completed those that succeeded
    /// @param failed those that did not
    /// @param time that the completed ones took together
    public record Handshakes(long completed, long failed, Duration time) {}
}
