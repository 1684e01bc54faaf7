package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import java.util.Map;
import java.util.Optional;

/// What a peer asks for.
///
/// Source: docs/PROTOCOL.md, section 5
sealed interface Call {
    /// The first request.
    ///
    /// @param auth what it shows of who it is
    /// @param s up to which direct message it has got all
    /// @param positions where it is in logs that it followed
    /// @param spread whether it heeds within which time to come back
    record Hello(
            String client, Auth auth, String resume, long s, Map<String, Position> positions, boolean spread)
            implements Call {}

    record Sub(String topic, Optional<Position> position) implements Call {}

    record Unsub(String topic) implements Call {}

    record Pub(String topic, Optional<Payload> payload, String mid) implements Call {}

    record Send(String to, Optional<Payload> payload, String mid) implements Call {}

    record Bcast(Optional<Payload> payload) implements Call {}

    record Who(String topic) implements Call {}

    record Ack(long s) implements Call {}

    /// What a peer shows of who it is: a token, or a name, and then the proof of a challenge.
    record Auth(String bearer, String user, Optional<Bytes> proof) implements Call {
        static final Auth NOTHING = new Auth("", "", Optional.empty());

        @Override
        public String toString() {
            return "Auth[" + (bearer.isEmpty() ? "" : "bearer ") + user + "]";
        }
    }

    record Ping() implements Call {}

    /// A request that is known and makes no sense.
    record Bad(String why) implements Call {}

    record Unknown(String name) implements Call {}

    /// Whether request and answer are messages of the application rather than of the protocol.
    default boolean isData() {
        return this instanceof Pub || this instanceof Send || this instanceof Bcast || this instanceof Unknown;
    }
}
