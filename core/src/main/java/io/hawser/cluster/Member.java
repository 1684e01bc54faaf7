package io.hawser.cluster;

/// A session that is present in a topic.
///
/// @param session its id
/// @param client the name that it gave itself
/// @param node where it is connected
public record Member(String session, String client, String node) {}
