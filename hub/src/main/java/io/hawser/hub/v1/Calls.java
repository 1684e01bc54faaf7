package io.hawser.hub.v1;

import io.hawser.HawserException;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.SubscribeAnswer;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;

/// Does what peers call for.
///
/// Thread: safe from any; nothing waits but for room to answer.
public final class Calls {
    private static final int MAX_IN_FLIGHT = 64;

    private final Backplane backplane;
    private final Peers peers;
    private final Delivery delivery;

    public Calls(Backplane backplane, Peers peers, Delivery delivery) {
        this.backplane = backplane;
        this.peers = peers;
        this.delivery = delivery;
    }

    void handle(Connection from, Peer peer, Request request, boolean isControl) {
        Answer answer = new Answer(from, request.id(), request.call().isData() && !isControl);
        try {
            call(peer, request.call(), answer, isControl);
        } catch (IllegalArgumentException | HawserException e) {
            answer.refuse(Refusal.of(e));
        }
    }

    private void call(Peer peer, Call call, Answer answer, boolean isControl) {
        switch (call) {
            case Call.Ping ping -> answer.pong(isControl);
            case Call.Ack ack -> peer.acknowledged(ack.s());
            case Call.Sub sub -> subscribe(peer, sub, answer);
            case Call.Unsub unsub -> unsubscribe(peer, TopicPattern.of(unsub.topic()), answer);
            case Call.Pub pub -> publish(peer, pub, answer);
            case Call.Send send -> delivery.send(peer, send, answer);
            case Call.Bcast bcast -> delivery.broadcast(peer, bcast, answer);
            case Call.Who who -> who(Topic.of(who.topic()), answer);
            case Call.Auth auth -> answer.ok();
            case Call.Hello hello ->
                answer.refuse(Refusal.of(Replies.BAD_REQUEST, "the session has been greeted already"));
            case Call.Bad bad -> answer.refuse(Refusal.of(Replies.BAD_REQUEST, bad.why()));
            case Call.Unknown unknown ->
                answer.refuse(Refusal.of(Replies.NOT_FOUND, "no request " + unknown.name() + " here"));
        }
    }

    private void subscribe(Peer peer, Call.Sub sub, Answer answer) {
        TopicPattern pattern = TopicPattern.of(sub.topic());
        peer.follower.subscribe(pattern, sub.position(), new SubscribeAnswer() {
            @Override
            public void subscribed(Position head, boolean isRecovered, int missed) {
                peers.present(peer, pattern);
                answer.subscribed(sub.topic(), head, isRecovered, missed);
            }

            @Override
            public void failed(HawserException reason) {
                answer.refuseLater(Refusal.of(reason));
            }
        });
    }

    private void who(Topic topic, Answer answer) {
        if (topic.isReserved()) answer.refuse(Refusal.of(Replies.FORBIDDEN, "topic " + topic + " is the hub's own"));
        else answer.who(topic.name(), backplane.presence().members(topic));
    }

    private void unsubscribe(Peer peer, TopicPattern pattern, Answer answer) {
        if (!peer.follower.unsubscribe(pattern)) {
            answer.refuse(Refusal.of(Replies.NOT_FOUND, "no subscription " + pattern));
            return;
        }
        peers.absent(peer, pattern);
        answer.ok();
    }

    private void publish(Peer peer, Call.Pub pub, Answer answer) {
        Topic topic = Topic.of(pub.topic());
        if (topic.isReserved()) {
            answer.refuse(Refusal.of(Replies.FORBIDDEN, "topic " + topic + " is the hub's own"));
        } else if (pub.payload().isEmpty()) {
            answer.withoutPayload();
        } else if (peer.inFlight.incrementAndGet() > MAX_IN_FLIGHT) {
            peer.inFlight.decrementAndGet();
            answer.refuse(Refusal.of(Replies.TOO_MANY, "over " + MAX_IN_FLIGHT + " requests in flight"));
        } else {
            Publication publication = Publication.of(topic, pub.payload().get().signed(peer.asSender()))
                    .withMid(peer.principal(), pub.mid());
            var _ = backplane.publish(publication).whenComplete((published, failure) -> {
                peer.inFlight.decrementAndGet();
                if (failure != null) answer.refuseLater(Refusal.of(failure));
                else answer.published(published);
            });
        }
    }
}
