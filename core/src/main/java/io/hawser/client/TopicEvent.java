package io.hawser.client;

import io.hawser.cluster.Position;

/// A message of a topic.
///
/// @param position where it is in the history; [Position#NONE] in a live topic, and where it came by a pattern
/// @param from the session that published it; empty for the hub's administrators
/// @param user who that was proved to be; empty if nobody
public record TopicEvent(String topic, Position position, String from, String user, Data data) {}
