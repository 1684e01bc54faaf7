package io.hawser.pool;

import io.hawser.tcp.ConnectionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The state of a managed connection, and how it came about.
///
/// @param reason why it is in this state: what failed, or empty where nothing did
/// @param since when it entered the state
/// @param latency how long the last probe of the connection that is open took
/// @param failures attempts to open it that have failed in a row, those included whose first probe did
public record ConnectionStatus(
        ConnectionState state, String reason, Instant since, Optional<Duration> latency, int failures) {}
