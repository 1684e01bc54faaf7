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
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
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
///
/// Lock: this monitor guards `heard`.
final class NatsNodes implements Nodes {
    private static final Logger LOG = LoggerFactory.getLogger(NatsNodes.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long MAX_AGE_MILLIS = 60_000;
    private static final int MAX_HEARD = 100_000;

    private final BrokerConnection connection;
    private final Names names;
    private final Leases leases;
    private final BrokerClock clock;
    private final String name;
    private final ClusterKeys keys;
    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<@Nullable NodeHandler> handler = new AtomicReference<>();
    private final LinkedHashMap<Bytes, Boolean> heard = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Boolean> eldest) {
            return size() > MAX_HEARD;
        }
    };

    NatsNodes(
            BrokerConnection connection, Names names, Leases leases, BrokerClock clock, String name, ClusterKeys keys) {
        this.connection = connection;
        this.names = names;
        this.leases = leases;
        this.clock = clock;
        this.name = name;
        this.keys = keys;
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
        byte[] id = new byte[NodeEnvelope.ID_BYTES];
        random.nextBytes(id);
        NodeEnvelope question =
                new NodeEnvelope(Kind.QUESTION, clock.now().toEpochMilli(), Bytes.wrap(id), name, node, request);
        byte[] sealed = question.sealed(keys.all());
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
        Optional<NodeEnvelope> answer = NodeEnvelope.open(message.getData(), keys.all())
                .filter(said -> said.id().equals(question.id()) && said.to().equals(name));
        if (answer.isEmpty()) return refused("no answer of node " + question.to());
        return switch (answer.get().kind()) {
            case ANSWER -> CompletableFuture.completedFuture(answer.get().payload());
            case QUESTION, REFUSAL -> refused(answer.get().payload().toUtf8());
        };
    }

    private CompletableFuture<Bytes> tooLong(int size) {
        return CompletableFuture.failedFuture(
                new LimitExceeded("the broker's max_payload", connection.now().getMaxPayload(), size, Processed.NO));
    }

    private static CompletableFuture<Bytes> refused(String why) {
        return CompletableFuture.failedFuture(new Rejected(why, null));
    }

    private void asked(Message message) {
        Optional<NodeEnvelope> question = NodeEnvelope.open(message.getData(), keys.all());
        String reply = message.getReplyTo();
        if (question.isEmpty() || reply == null || !isForNow(question.get())) {
            LOG.warn("passed over a message to node {} that is not signed, late, or said again", name);
            return;
        }
        NodeEnvelope asked = question.get();
        var _ = answer(asked.from(), asked.payload()).whenComplete((answer, failure) -> {
            Kind kind = failure == null ? Kind.ANSWER : Kind.REFUSAL;
            Bytes payload = failure == null ? answer : Bytes.ofUtf8(String.valueOf(failure.getMessage()));
            byte[] sealed = sealed(asked, kind, payload);
            if (sealed.length > connection.now().getMaxPayload()) {
                LOG.warn(
                        "an answer to node {} is over the broker's max_payload: {} bytes", asked.from(), sealed.length);
                sealed = sealed(asked, Kind.REFUSAL, Bytes.ofUtf8("the answer is over the broker's max_payload"));
            }
            connection.now().publish(reply, sealed);
        });
    }

    private byte[] sealed(NodeEnvelope asked, Kind kind, Bytes payload) {
        return new NodeEnvelope(kind, clock.now().toEpochMilli(), asked.id(), name, asked.from(), payload)
                .sealed(keys.all());
    }

    private boolean isForNow(NodeEnvelope question) {
        long age = Math.abs(clock.now().toEpochMilli() - question.millis());
        if (question.kind() != Kind.QUESTION || !question.to().equals(name) || age > MAX_AGE_MILLIS) return false;
        synchronized (this) {
            return heard.put(question.id(), true) == null;
        }
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
