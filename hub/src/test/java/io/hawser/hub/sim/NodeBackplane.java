package io.hawser.hub.sim;

import io.hawser.Bytes;
import io.hawser.Rejected;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.BackplaneStatus;
import io.hawser.cluster.History;
import io.hawser.cluster.Member;
import io.hawser.cluster.MemoryLimits;
import io.hawser.cluster.NodeHandler;
import io.hawser.cluster.Nodes;
import io.hawser.cluster.Position;
import io.hawser.cluster.Presence;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicRules;
import io.hawser.internal.topic.Listeners;
import io.hawser.internal.topic.MirroredTopics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The backplane of one node: the real mirror of the logs over a [Link], and the [Cluster] for the rest.
final class NodeBackplane implements Backplane, Presence, Nodes {
    private final Node node;
    private final Cluster cluster;
    private final TopicRules rules;
    private final MirroredTopics mirror;
    private @Nullable NodeHandler handler;
    private boolean isForgetful;

    NodeBackplane(World world, Node node, Cluster cluster, TopicRules rules, MemoryLimits limits, Link link) {
        this.node = node;
        this.cluster = cluster;
        this.rules = rules;
        this.mirror = new MirroredTopics(
                rules, limits, world, link, new Listeners(), () -> world.after(1, () -> node.run(node::check)));
    }

    MirroredTopics mirror() {
        return mirror;
    }

    /// From now on listeners are not told of one of thirty messages: what the simulation has to find.
    void forgetSome() {
        isForgetful = true;
    }

    @Override
    public TopicRules rules() {
        return rules;
    }

    @Override
    public CompletableFuture<Published> publish(Publication publication) {
        return mirror.publish(publication);
    }

    @Override
    public Registration listen(BackplaneListener listener) {
        return mirror.listen(new BackplaneListener() {
            @Override
            public void message(TopicMessage message) {
                if (!isForgetful || message.position().offset() % 30 != 0) listener.message(message);
            }

            @Override
            public void interrupted() {
                listener.interrupted();
            }
        });
    }

    @Override
    public CompletableFuture<History> history(Topic topic, Optional<Position> after, int limit) {
        return mirror.history(topic, after, limit);
    }

    @Override
    public List<Topic> topics(String after, int limit) {
        return mirror.topics(after, limit);
    }

    @Override
    public Presence presence() {
        return this;
    }

    @Override
    public void join(Topic topic, String session, String client) {
        cluster.join(node, topic, session, client);
    }

    @Override
    public void leave(Topic topic, String session) {
        cluster.leave(node, topic, session);
    }

    @Override
    public List<Member> members(Topic topic) {
        return cluster.members(topic);
    }

    @Override
    public Nodes nodes() {
        return this;
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public Set<String> names() {
        return cluster.names();
    }

    @Override
    public CompletableFuture<Bytes> ask(String other, Bytes request) {
        return cluster.ask(node, other, request);
    }

    @Override
    public Registration answer(NodeHandler answers) {
        handler = answers;
        return () -> handler = null;
    }

    CompletableFuture<Bytes> answer(String from, Bytes request) {
        NodeHandler answers = handler;
        return answers == null
                ? CompletableFuture.failedFuture(new Rejected("answers nothing", null))
                : answers.answer(from, request);
    }

    @Override
    public BackplaneStatus status() {
        return mirror.status();
    }

    @Override
    public void close() {
        mirror.close();
    }
}
