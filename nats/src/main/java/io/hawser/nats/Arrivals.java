package io.hawser.nats;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicRules;
import io.hawser.internal.topic.LogBroker;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What comes from the broker below the prefix of the cluster, where others who use the same NATS can publish,
/// too. What no node can have published is passed over, so that nobody further on has to look at it again.
///
/// Thread: safe from any.
final class Arrivals {
    /// A live message.
    ///
    /// @param mid made of topic, principal and the publisher's `mid`; empty for none
    record Live(Topic topic, Bytes payload, String mid) {}

    private final Names names;
    private final TopicRules rules;
    private final Predicate<Bytes> payloads;
    private final NodePost post;
    private final Complaints complaints;

    /// @param payloads whether it is one that the nodes publish
    Arrivals(Names names, TopicRules rules, Predicate<Bytes> payloads, NodePost post, Complaints complaints) {
        this.names = names;
        this.rules = rules;
        this.payloads = payloads;
        this.post = post;
        this.complaints = complaints;
    }

    /// A message of the stream; where it is none of a node's, one of [LogBroker#NOBODYS] in its place.
    TopicMessage logged(String epoch, Message message) {
        Instant stored = message.metaData().timestamp().toInstant();
        Position at =
                new Position(epoch, message.metaData().streamSequence(), LogStream.tag(message.getHeaders(), stored));
        Bytes payload = Bytes.wrap(message.getData());
        return topic(message)
                .filter(topic -> hasHeaders(topic, message) && isOfLog(topic, payload))
                .map(topic -> new TopicMessage(topic, at, payload, stored))
                .orElseGet(() -> new TopicMessage(LogBroker.NOBODYS, at, Bytes.EMPTY, stored));
    }

    private boolean hasHeaders(Topic topic, Message message) {
        boolean isMalformed = LogStream.isMalformed(message.getHeaders());
        if (isMalformed) complaints.about("a message whose headers are none", topic.name());
        return !isMalformed;
    }

    private boolean isOfLog(Topic topic, Bytes payload) {
        if (topic.equals(LogBroker.MARKS)) return payload.isEmpty() || isPayload(topic, payload);
        // Hawser's own live topics are signed, which their place in the stream must not be a way around.
        boolean isElsewhere = topic.isReserved() && !rules.of(topic).isLog();
        if (isElsewhere) complaints.about("a message in the stream whose topic is none of a log", topic.name());
        return !isElsewhere && isPayload(topic, payload);
    }

    private boolean isPayload(Topic topic, Bytes payload) {
        boolean isOne = payloads.test(payload);
        if (!isOne) complaints.about("a message whose payload is none of a node's", topic.name());
        return isOne;
    }

    /// A message on a subject of live topics, if it is a node's.
    Optional<Live> live(Message message) {
        Bytes sent = Bytes.wrap(message.getData());
        return topic(message)
                .filter(topic -> hasHeaders(topic, message) && isLive(topic))
                .flatMap(topic -> live(topic, sent, mid(message.getHeaders())));
    }

    private Optional<Live> live(Topic topic, Bytes sent, String mid) {
        if (!topic.isReserved()) {
            boolean isGood = isPayload(topic, sent) && isMid(topic, mid);
            return isGood ? Optional.of(new Live(topic, sent, mid)) : Optional.empty();
        }
        Optional<Live> opened = post.openWord(topic.name(), sent).map(payload -> new Live(topic, payload, ""));
        if (opened.isEmpty()) complaints.about("a live message that is not signed, late, or said again", topic.name());
        return opened;
    }

    /// One without a position would only confuse whoever follows a log.
    private boolean isLive(Topic topic) {
        boolean isLive = !rules.of(topic).isLog();
        if (!isLive) complaints.about("a live message whose topic is a log", topic.name());
        return isLive;
    }

    private static String mid(@Nullable Headers headers) {
        String mid = headers == null ? null : headers.getFirst(LiveSubjects.MID);
        return mid == null ? "" : mid;
    }

    private boolean isMid(Topic topic, String mid) {
        boolean isOne = mid.isEmpty() || MessageIds.isOne(mid);
        if (!isOne) complaints.about("a message whose mid is none of a node's", topic.name());
        return isOne;
    }

    private Optional<Topic> topic(Message message) {
        Optional<Topic> topic = names.topic(message.getSubject());
        if (topic.isEmpty()) complaints.about("a message whose subject is that of no topic", message.getSubject());
        return topic;
    }
}
