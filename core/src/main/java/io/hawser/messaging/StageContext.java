package io.hawser.messaging;

import io.hawser.Bytes;
import io.hawser.ProtocolError;

/// What a [Stage] is told about the connection and the direction that it works for.
///
/// @param connection the connection, as its session is called in logs
/// @param stage the name of the stage
/// @param direction where the payloads go
/// @param clientNonce 32 random bytes of the client, new for each connection; empty where no stage had to be
///     agreed on
/// @param serverNonce the same of the server
/// @param label bytes that no other stage or direction of the connection has, the same on both sides: the
///     beginning of what keys are derived with; empty for a local stage
/// @param maxPlainBytes the largest payload on the plain side: what sending takes and receiving returns
public record StageContext(
        String connection,
        String stage,
        Direction direction,
        Bytes clientNonce,
        Bytes serverNonce,
        Bytes label,
        int maxPlainBytes) {
    private static final int MALFORMED = 4004;
    private static final int INFLATES_OVER_LIMIT = 4012;
    private static final String SOURCE = "docs/PIPELINE.md";

    /// The error for a payload that the stage cannot undo.
    ///
    /// @param reason what is wrong, without anything that the payload holds: the peer is told it
    public ProtocolError malformed(String reason) {
        return new ProtocolError(MALFORMED, "pipeline stage " + stage + ": " + reason, SOURCE);
    }

    /// The error for a payload that would grow over [#maxPlainBytes()].
    public ProtocolError inflatesOverLimit() {
        String reason = "inflates over the limit of " + maxPlainBytes + " bytes";
        return new ProtocolError(INFLATES_OVER_LIMIT, "pipeline stage " + stage + ": " + reason, SOURCE);
    }
}
