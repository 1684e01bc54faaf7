package io.hawser.hub.v1;

import io.hawser.cluster.Position;
import java.util.Map;
import java.util.Optional;

/// What a peer asks for.
///
/// Source: docs/PROTOCOL.md, section 5
sealed interface Call {
    /// The first request.
    ///
    /// @param s up to which direct message it has got all
    /// @param positions where it is in logs that it followed
    record Hello(String client, String resume, long s, Map<String, Position> positions) implements Call {}

    record Sub(String topic, Optional<Position> position) implements Call {}

    record Unsub(String topic) implements Call {}

    record Pub(String topic, Optional<Payload> payload, String mid) implements Call {}

    record Send(String to, Optional<Payload> payload, String mid) implements Call {}

    record Bcast(Optional<Payload> payload) implements Call {}

    record Who(String topic) implements Call {}

    record Ack(long s) implements Call {}

    record Auth() implements Call {}

    record Ping() implements Call {}

    /// A request that is known and makes no sense.
    record Bad(String why) implements Call {}

    record Unknown(String name) implements Call {}

    /// Whether request and answer are messages of the application rather than of the protocol.
    default boolean isData() {
        return switch (this) {
            case Pub pub -> true;
            case Send send -> true;
            case Bcast bcast -> true;
            case Unknown unknown -> true;
            default -> false;
        };
    }
}
