package io.hawser.hub.v1;

import io.hawser.Bytes;
import java.time.Duration;
import java.util.Optional;

/// What a welcome says besides the session.
///
/// @param id of the hello
/// @param server what the hub calls itself
/// @param heartbeatMillis silence after which it pings
/// @param pipeline the answer to what the client offered for payloads, in CBOR
/// @param codec what frames may be compressed with from now on
/// @param spread within which time to come back where the connection is lost; zero for the client's own
/// @param isResumed whether an earlier session goes on
record Greeting(
        long id,
        String server,
        long heartbeatMillis,
        Optional<Bytes> pipeline,
        Optional<String> codec,
        Duration spread,
        boolean isResumed) {}
