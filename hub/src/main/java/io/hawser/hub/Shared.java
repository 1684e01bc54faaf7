package io.hawser.hub;

import io.hawser.Bytes;
import io.hawser.cluster.Backplane;
import java.util.Map;
import java.util.function.Supplier;

/// What a hub has in common with others that somebody else brings together, as a supervisor does its workers.
///
/// @param backplane their topics, and each other; the hub closes it
/// @param key of all of them, which signs what clients come back with: at least 16 bytes
/// @param figures of all of them, added up
public record Shared(Backplane backplane, Bytes key, Supplier<Map<String, Long>> figures) {}
