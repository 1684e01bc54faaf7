package io.hawser.cluster;

import java.util.List;

/// Who is present in which topic, on all nodes that live.
///
/// Thread: safe from any; nothing waits. What other nodes say arrives a little later, and what a dead node said
/// is forgotten when its lease ends.
public interface Presence {
    /// `session`, which is on this node and calls itself `client`, is in `topic`.
    void join(Topic topic, String session, String client);

    /// It no longer is.
    void leave(Topic topic, String session);

    /// Who is in `topic`, by session id.
    List<Member> members(Topic topic);

    /// How many are in `topic`, for whoever does not want to know who.
    default int count(Topic topic) {
        return members(topic).size();
    }
}
