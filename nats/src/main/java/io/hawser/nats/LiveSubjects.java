package io.hawser.nats;

import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Topic;
import io.hawser.internal.topic.LiveTopics;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;

/// Live topics on plain subjects: at most once, at once, on this node first. Those of Hawser's own are signed.
///
/// Thread: safe from any.
final class LiveSubjects {
    static final String MID = "Hawser-Mid";

    private final BrokerConnection connection;
    private final Names names;
    private final Arrivals arrivals;
    private final NodePost post;
    private final LiveTopics topics;

    LiveSubjects(BrokerConnection connection, Names names, Arrivals arrivals, NodePost post, LiveTopics topics) {
        this.connection = connection;
        this.names = names;
        this.arrivals = arrivals;
        this.post = post;
        this.topics = topics;
    }

    /// Hears the others by way of `dispatcher`.
    void listen(Dispatcher dispatcher) {
        dispatcher.subscribe(names.lives(), this::received);
    }

    /// Publishes here, and to the others if they can be reached.
    ///
    /// @throws io.hawser.Rejected if too much waits to be handed out
    /// @throws io.hawser.LimitExceeded if it is larger than the broker carries: nobody gets it
    Published publish(Publication publication) {
        byte[] sent = sent(publication);
        LogWriter.checkSize(connection.now(), sent.length);
        String mid = publication.hasMid() ? MessageIds.of(publication) : "";
        Published here = topics.publish(publication.topic(), publication.payload(), mid);
        if (here.isDuplicate()) return here;
        return new Published(here.position(), false, !tell(publication.topic(), mid, sent));
    }

    /// Whether the others are told.
    private boolean tell(Topic topic, String mid, byte[] sent) {
        if (!connection.isConnected()) return false;
        Headers headers = new Headers();
        if (!mid.isEmpty()) headers.put(MID, mid);
        try {
            connection.now().publish(names.live(topic), headers, sent);
            return true;
        } catch (IllegalStateException | IllegalArgumentException e) {
            return false;
        }
    }

    /// As it goes over a subject that others can use: signed, if it is of a topic of Hawser's own.
    private byte[] sent(Publication publication) {
        Topic topic = publication.topic();
        return topic.isReserved()
                ? post.sealWord(topic.name(), publication.payload())
                : publication.payload().toArray();
    }

    private void received(Message message) {
        arrivals.live(message).ifPresent(live -> topics.publish(live.topic(), live.payload(), live.mid()));
    }
}
