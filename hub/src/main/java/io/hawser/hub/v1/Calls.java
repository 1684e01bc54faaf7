package io.hawser.hub.v1;

import io.hawser.HawserException;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.SubscribeAnswer;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.hub.access.Action;
import io.hawser.hub.access.Authenticator;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// Does what peers call for.
///
/// Thread: safe from any; nothing waits but for room to answer.
public final class Calls {
    private final Backplane backplane;
    private final Peers peers;
    private final Delivery delivery;
    private final Authenticator authenticator;

    public Calls(Backplane backplane, Peers peers, Delivery delivery, Authenticator authenticator) {
        this.backplane = backplane;
        this.peers = peers;
        this.delivery = delivery;
        this.authenticator = authenticator;
    }

    void handle(Connection from, Peer peer, Request request, boolean isControl) {
        Answer answer = new Answer(from, request.id(), request.call().isData() && !isControl);
        try {
            call(from, peer, request.call(), answer, isControl);
        } catch (IllegalArgumentException | HawserException e) {
            answer.refuse(Refusal.of(e));
        }
    }

    private void call(Connection from, Peer peer, Call call, Answer answer, boolean isControl) {
        if (call instanceof Call.Ping) answer.pong(isControl);
        else if (call instanceof Call.Ack ack) peer.acknowledged(ack.s());
        else if (call instanceof Call.Pub pub) publish(from, peer, pub, answer);
        else if (call instanceof Call.Sub sub) subscribe(from, peer, sub, answer);
        else if (call instanceof Call.Unsub unsub) unsubscribe(peer, TopicPattern.of(unsub.topic()), answer);
        else if (call instanceof Call.Send send) send(from, peer, send, answer);
        else if (call instanceof Call.Bcast bcast) broadcast(from, peer, bcast, answer);
        else if (call instanceof Call.Who who) who(peer, Topic.of(who.topic()), answer);
        else if (call instanceof Call.Auth auth) refresh(from, peer, auth, answer);
        else answer.refuse(refusal(call));
    }

    private static Refusal refusal(Call call) {
        if (call instanceof Call.Bad bad) return Refusal.of(Replies.BAD_REQUEST, bad.why());
        return call instanceof Call.Unknown unknown
                ? Refusal.of(Replies.NOT_FOUND, "no request " + unknown.name() + " here")
                : Refusal.of(Replies.BAD_REQUEST, "the session has been greeted already");
    }

    private boolean isAllowed(Peer peer, Action action, String topics, Answer answer) {
        boolean isAllowed = action.hasTopic()
                ? authenticator.permissions().allows(peer.identity(), action, topics)
                : authenticator.permissions().allows(peer.identity(), action);
        if (!isAllowed) {
            String what = action.name().toLowerCase(Locale.ROOT) + (topics.isEmpty() ? "" : " to " + topics);
            answer.refuse(Refusal.of(Replies.FORBIDDEN, "no permission: " + what));
        }
        return isAllowed;
    }

    /// A newer proof of who the peer is, before the one that it has expires.
    private void refresh(Connection from, Peer peer, Call.Auth auth, Answer answer) {
        if (authenticator.isOpen(from.session.remote())) {
            answer.ok();
            return;
        }
        meanwhile(from, () -> authenticator.bearer(auth.bearer(), from.session.remote()), (found, failure) -> {
            if (found == null || found.isEmpty()) {
                answer.refuseLater(Refusal.of(Replies.FORBIDDEN, "the token is not good"));
            } else if (!found.get().user().equals(peer.user)) {
                answer.refuseLater(Refusal.of(Replies.FORBIDDEN, "the token is another user's"));
            } else {
                peers.identified(peer, found.get());
                answer.okLater();
            }
        });
    }

    private void subscribe(Connection from, Peer peer, Call.Sub sub, Answer answer) {
        TopicPattern pattern = TopicPattern.of(sub.topic());
        if (!isAllowed(peer, Action.SUBSCRIBE, sub.topic(), answer)) return;
        if (sub.position().isPresent() && !isAllowed(peer, Action.HISTORY, sub.topic(), answer)) return;
        from.begin();
        AtomicBoolean isUnderWay = new AtomicBoolean(true);
        Runnable over = () -> {
            if (isUnderWay.getAndSet(false)) from.done();
        };
        try {
            follow(peer, pattern, sub, answer, over);
        } catch (RuntimeException refused) {
            over.run();
            throw refused;
        }
    }

    private void follow(Peer peer, TopicPattern pattern, Call.Sub sub, Answer answer, Runnable over) {
        peer.follower.subscribe(pattern, sub.position(), new SubscribeAnswer() {
            @Override
            public void subscribed(Position head, boolean isRecovered, int missed) {
                over.run();
                peers.present(peer, pattern);
                answer.subscribed(sub.topic(), head, isRecovered, missed);
            }

            @Override
            public void failed(HawserException reason) {
                over.run();
                answer.refuseLater(Refusal.of(reason));
            }
        });
    }

    private void who(Peer peer, Topic topic, Answer answer) {
        if (!isAllowed(peer, Action.WHO, topic.name(), answer)) return;
        if (topic.isReserved()) answer.refuse(Refusal.of(Replies.FORBIDDEN, "topic " + topic + " is the hub's own"));
        else
            answer.who(
                    topic.name(),
                    backplane.presence().members(topic),
                    peers.limit().maxBytes());
    }

    private void unsubscribe(Peer peer, TopicPattern pattern, Answer answer) {
        if (!peer.follower.unsubscribe(pattern)) {
            answer.refuse(Refusal.of(Replies.NOT_FOUND, "no subscription " + pattern));
            return;
        }
        peers.absent(peer, pattern);
        answer.ok();
    }

    private void publish(Connection from, Peer peer, Call.Pub pub, Answer answer) {
        Topic topic = Topic.of(pub.topic());
        if (topic.isReserved()) {
            answer.refuse(Refusal.of(Replies.FORBIDDEN, "topic " + topic + " is the hub's own"));
        } else if (pub.payload().isEmpty()) {
            answer.withoutPayload();
        } else if (isAllowed(peer, Action.PUBLISH, topic.name(), answer)) {
            Publication publication = Publication.of(topic, pub.payload().get().signed(peer.asSender()))
                    .withMid(peer.principal(), pub.mid());
            peers.limit().check(publication);
            meanwhile(from, () -> backplane.publish(publication), (published, failure) -> {
                if (failure != null) answer.refuseLater(Refusal.of(failure));
                else answer.published(published);
            });
        }
    }

    private void send(Connection from, Peer peer, Call.Send send, Answer answer) {
        if (send.payload().isEmpty()) {
            answer.withoutPayload();
        } else if (isAllowed(peer, Action.SEND, "", answer)) {
            String mid = send.mid().isEmpty() ? "" : peer.principal() + '\n' + send.mid();
            Payload payload = send.payload().get();
            meanwhile(from, () -> delivery.bring(send.to(), peer.asSender(), payload, mid), (brought, failure) -> {
                if (failure != null) answer.refuseLater(Refusal.of(failure));
                else answer.brought(send.to(), brought);
            });
        }
    }

    private void broadcast(Connection from, Peer peer, Call.Bcast bcast, Answer answer) {
        if (bcast.payload().isEmpty()) {
            answer.withoutPayload();
        } else if (isAllowed(peer, Action.BCAST, "", answer)) {
            Payload payload = bcast.payload().get();
            meanwhile(from, () -> delivery.bringAll(peer.asSender(), payload), (sessions, failure) -> {
                if (failure != null) answer.refuseLater(Refusal.of(failure));
                else answer.okLater(sessions);
            });
        }
    }

    /// Counts a request as under way until what it asks for is over, also where that fails before it begins.
    private static <T> void meanwhile(
            Connection from, Supplier<CompletionStage<T>> asked, BiConsumer<? super T, ? super Throwable> then) {
        from.begin();
        CompletionStage<T> result;
        try {
            result = asked.get();
        } catch (RuntimeException refused) {
            from.done();
            throw refused;
        }
        var _ = result.whenComplete((value, failure) -> {
            from.done();
            then.accept(value, failure);
        });
    }
}
