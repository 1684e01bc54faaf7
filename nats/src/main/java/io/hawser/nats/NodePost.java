package io.hawser.nats;

import io.hawser.Bytes;
import io.hawser.nats.NodeEnvelope.Kind;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What a node says to others and hears of them in [NodeEnvelope]s: each counts once, within a minute.
///
/// The last 100,000 that were heard are known by their ids. Over that the oldest is forgotten, and with it
/// whatever was said no later: it is refused, as nobody can tell whether it was heard before.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `heard` and `forgotten`.
final class NodePost {
    static final long MAX_AGE_MILLIS = 60_000;
    private static final int MAX_HEARD = 100_000;

    private final String node;
    private final Supplier<List<Bytes>> keys;
    private final LongSupplier millis;
    private final int most;
    private final SecureRandom random = new SecureRandom();
    /// When each was said, in the order in which they were heard.
    private final LinkedHashMap<Bytes, Long> heard = new LinkedHashMap<>();
    /// Of what was said up to then it is not known whether it was heard.
    private long forgotten = Long.MIN_VALUE;

    NodePost(String node, ClusterKeys keys, BrokerClock clock) {
        this(node, keys::all, () -> clock.now().toEpochMilli(), MAX_HEARD);
    }

    /// @param keys of which the first signs and each verifies
    /// @param most how many that were heard are known
    NodePost(String node, Supplier<List<Bytes>> keys, LongSupplier millis, int most) {
        this.node = node;
        this.keys = keys;
        this.millis = millis;
        this.most = most;
    }

    /// A question to another node.
    NodeEnvelope question(String to, Bytes payload) {
        return new NodeEnvelope(Kind.QUESTION, millis.getAsLong(), id(), node, to, payload);
    }

    /// What is said to it: the answer, or why there is none.
    NodeEnvelope reply(NodeEnvelope question, Kind kind, Bytes payload) {
        return new NodeEnvelope(kind, millis.getAsLong(), question.id(), node, question.from(), payload);
    }

    byte[] seal(NodeEnvelope said) {
        return said.sealed(keys.get());
    }

    /// A message of a topic of Hawser's own, which is for all nodes, as it goes over a subject that others
    /// can use.
    byte[] sealWord(String topic, Bytes payload) {
        return seal(new NodeEnvelope(Kind.WORD, millis.getAsLong(), id(), node, topic, payload));
    }

    private Bytes id() {
        byte[] id = new byte[NodeEnvelope.ID_BYTES];
        random.nextBytes(id);
        return Bytes.wrap(id);
    }

    /// A question to this node, if it is good.
    Optional<NodeEnvelope> openQuestion(byte[] sealed) {
        return open(sealed, Kind.QUESTION, node).filter(this::isFirst);
    }

    /// The answer to a question, or why there is none, if it is good.
    Optional<NodeEnvelope> openReply(NodeEnvelope question, byte[] sealed) {
        return NodeEnvelope.open(sealed, keys.get())
                .filter(said -> said.kind() == Kind.ANSWER || said.kind() == Kind.REFUSAL)
                .filter(said -> said.id().equals(question.id()) && said.to().equals(node));
    }

    /// The payload of a message of `topic`, if it is good.
    Optional<Bytes> openWord(String topic, Bytes sealed) {
        return open(sealed.toArray(), Kind.WORD, topic).filter(this::isFirst).map(NodeEnvelope::payload);
    }

    private Optional<NodeEnvelope> open(byte[] sealed, Kind kind, String to) {
        return NodeEnvelope.open(sealed, keys.get())
                .filter(said -> said.kind() == kind && said.to().equals(to));
    }

    private boolean isFirst(NodeEnvelope said) {
        long now = millis.getAsLong();
        synchronized (this) {
            if (said.millis() <= forgotten || isOld(said.millis(), now) || said.millis() - now > MAX_AGE_MILLIS) {
                return false;
            }
            if (heard.putIfAbsent(said.id(), said.millis()) != null) return false;
            while (heard.size() > most || isOld(heard.firstEntry().getValue(), now)) forgetEldest();
            return true;
        }
    }

    private static boolean isOld(long saidMillis, long now) {
        return now - saidMillis > MAX_AGE_MILLIS;
    }

    private void forgetEldest() {
        Map.Entry<Bytes, Long> eldest = heard.pollFirstEntry();
        forgotten = Math.max(forgotten, eldest.getValue());
    }

    /// How many are known, for tests of the bound.
    synchronized int known() {
        return heard.size();
    }
}
