package io.hawser.cluster;

import io.hawser.Bytes;
import java.time.Instant;

/// One message of a topic.
///
/// @param position where it is in the history; [Position#NONE] in a live topic
/// @param publishedAt when, by the clock of whoever keeps the history; for people to read
public record TopicMessage(Topic topic, Position position, Bytes payload, Instant publishedAt) {}
