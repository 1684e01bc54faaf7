package io.hawser.client;

/// A message to this session, or to all.
///
/// @param from the session that sent it; empty for the hub's administrators
/// @param user who that was proved to be; empty if nobody
public record DirectMessage(String from, String user, Data data) {}
