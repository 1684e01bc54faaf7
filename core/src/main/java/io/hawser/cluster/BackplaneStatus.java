package io.hawser.cluster;

import java.time.Instant;

/// Whether a backplane reaches what it stands on.
///
/// @param isConnected false while live topics reach this node only, and logs cannot be published to
/// @param since when that began
/// @param detail for people to read
public record BackplaneStatus(boolean isConnected, Instant since, String detail) {}
