package io.hawser.internal.worker;

import io.hawser.cluster.Member;
import io.hawser.cluster.Presence;
import io.hawser.cluster.Topic;
import io.hawser.messaging.ContainerBuilder;
import java.util.List;
import java.util.function.Consumer;

/// Who is present on this worker and on the others: known here at once, and told to the parent.
///
/// @param tell the parent
record ParentPresence(Consumer<ContainerBuilder> tell, String node, Roll roll) implements Presence {
    @Override
    public void join(Topic topic, String session, String client) {
        Member member = new Member(session, client, node);
        roll.join(topic, member);
        tell.accept(Roll.joined(topic, member));
    }

    @Override
    public void leave(Topic topic, String session) {
        roll.leave(topic, node, session);
        tell.accept(Roll.left(topic, node, session));
    }

    @Override
    public List<Member> members(Topic topic) {
        return roll.members(topic);
    }

    @Override
    public int count(Topic topic) {
        return roll.count(topic);
    }
}
