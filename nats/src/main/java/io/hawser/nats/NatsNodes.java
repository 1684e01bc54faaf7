package io.hawser.nats;

import io.hawser.Bytes;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import io.hawser.cluster.NodeHandler;
import io.hawser.cluster.Nodes;
import io.hawser.cluster.Registration;
import io.hawser.nats.NodeEnvelope.Kind;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The nodes of a cluster on NATS: each answers on a subject of its own.
///
/// What is not signed with a key of the cluster, is for another node, is older than a minute or was said
/// before is passed over.
///
/// Thread: safe from any; nothing waits.
final class NatsNodes implements Nodes {
    private static final Logger LOG = LoggerFactory.getLogger(NatsNodes.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BrokerConnection connection;
    private final Names names;
    private final Leases leases;
    private final String name;
    private final NodePost post;
    private final Complaints complaints;
    private final AtomicReference<@Nullable NodeHandler> handler = new AtomicReference<>();

    NatsNodes(
            BrokerConnection connection,
            Names names,
            Leases leases,
            String name,
            NodePost post,
            Complaints complaints) {
        this.connection = connection;
        this.names = names;
        this.leases = leases;
        this.name = name;
        this.post = post;
        this.complaints = complaints;
    }

    /// Hears the others by way of `dispatcher`.
    void listen(Dispatcher dispatcher) {
        dispatcher.subscribe(names.node(name), this::asked);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> names() {
        return leases.live();
    }

    @Override
    public CompletableFuture<Bytes> ask(String node, Bytes request) {
        if (node.equals(name)) return answer(name, request);
        if (!leases.live().contains(node)) return refused("no node " + node);
        NodeEnvelope question = post.question(node, request);
        byte[] sealed = post.seal(question);
        if (sealed.length > connection.now().getMaxPayload()) return tooLong(sealed.length);
        try {
            return connection
                    .now()
                    .requestWithTimeout(names.node(node), sealed, PATIENCE)
                    .handle((message, failure) -> failure == null && message != null
                            ? opened(question, message)
                            : CompletableFuture.<Bytes>failedFuture(
                                    new DeadlineExceeded("an answer of node " + node, Processed.MAYBE)))
                    .thenCompose(answer -> answer);
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(LogStream.away(e));
        }
    }

    private CompletableFuture<Bytes> opened(NodeEnvelope question, Message message) {
        Optional<NodeEnvelope> reply = post.openReply(question, message.getData());
        if (reply.isEmpty()) return refused("no answer of node " + question.to());
        Bytes said = reply.get().payload();
        return reply.get().kind() == Kind.ANSWER ? CompletableFuture.completedFuture(said) : refused(said.toUtf8());
    }

    private CompletableFuture<Bytes> tooLong(int size) {
        return CompletableFuture.failedFuture(
                new LimitExceeded("the broker's max_payload", connection.now().getMaxPayload(), size, Processed.NO));
    }

    private static CompletableFuture<Bytes> refused(String why) {
        return CompletableFuture.failedFuture(new Rejected(why, null));
    }

    private void asked(Message message) {
        String reply = message.getReplyTo();
        Optional<NodeEnvelope> question = reply == null ? Optional.empty() : post.openQuestion(message.getData());
        if (reply == null || question.isEmpty()) {
            complaints.about("a message to a node that is not signed, late, or said again", message.getSubject());
            return;
        }
        NodeEnvelope asked = question.get();
        var _ = answer(asked.from(), asked.payload()).whenComplete((answer, failure) -> {
            Kind kind = failure == null ? Kind.ANSWER : Kind.REFUSAL;
            Bytes payload = failure == null ? answer : Bytes.ofUtf8(String.valueOf(failure.getMessage()));
            byte[] sealed = post.seal(post.reply(asked, kind, payload));
            if (sealed.length > connection.now().getMaxPayload()) {
                LOG.warn(
                        "an answer to node {} is over the broker's max_payload: {} bytes", asked.from(), sealed.length);
                Bytes why = Bytes.ofUtf8("the answer is over the broker's max_payload");
                sealed = post.seal(post.reply(asked, Kind.REFUSAL, why));
            }
            connection.now().publish(reply, sealed);
        });
    }

    private CompletableFuture<Bytes> answer(String from, Bytes request) {
        NodeHandler answers = handler.get();
        if (answers == null) return refused(name + " answers nothing");
        try {
            return answers.answer(from, request);
        } catch (RuntimeException failure) {
            LOG.error("a question of node {} failed", from, failure);
            return refused(String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public Registration answer(NodeHandler answers) {
        if (!handler.compareAndSet(null, answers)) throw new IllegalStateException("another handler answers");
        return () -> handler.compareAndSet(answers, null);
    }
}
