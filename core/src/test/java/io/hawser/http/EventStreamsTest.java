package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.SessionClosed;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.io.ConnectionLimits;
import io.hawser.session.CloseReason;
import io.hawser.session.Key;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import io.hawser.session.SessionState;
import io.hawser.session.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EventStreamsTest {
    private final BlockingQueue<Session> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    private final SessionHandler handler = new SessionHandler() {
        @Override
        public void opened(Session session) {
            opened.add(session);
        }

        @Override
        public void message(Session session, Message message) {
            throw new AssertionError("nothing comes from the peer");
        }

        @Override
        public void closed(Session session, CloseReason reason) {
            closed.add(reason);
        }
    };

    private EventSession begin(EventStreams streams, Body body) throws InterruptedException {
        assertThat(body.read().toUtf8()).isEqualTo(": hello\n\n");
        EventSession session = (EventSession) opened.poll(30, TimeUnit.SECONDS);
        assertThat(session).isNotNull();
        assertThat(streams.sessions().find(session.id())).contains(session);
        return session;
    }

    private static Body open(EventStreams streams) {
        Response response = streams.handle(Request.get("/e").withHeader("Last-Event-ID", "17"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).contains("text/event-stream");
        assertThat(response.header("Cache-Control")).contains("no-store");
        return response.body();
    }

    @Test
    void whoeverHasHeardOfASessionReachesItByABroadcast() throws Exception {
        int count = 2_000;
        AtomicReference<EventStreams> streams = new AtomicReference<>();
        AtomicInteger missed = new AtomicInteger();
        CountDownLatch heard = new CountDownLatch(count);
        streams.set(EventStreams.of(new SessionHandler() {
            @Override
            public void opened(Session session) {
                if (streams.get().sessions().find(session.id()).isEmpty()) missed.incrementAndGet();
                heard.countDown();
            }

            @Override
            public void message(Session session, Message message) {}
        }));
        for (int i = 0; i < count; i++) {
            assertThat(open(streams.get()).read().toUtf8()).isEqualTo(": hello\n\n");
        }
        assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(missed).hasValue(0);
        assertThat(streams.get().sessions().count()).isEqualTo(count);
    }

    @Test
    void eventsComeInOrderThenTheEnd() throws Exception {
        EventStreams streams = EventStreams.of(handler);
        Body body = open(streams);
        EventSession session = begin(streams, body);
        assertThat(session.lastEventId()).isEqualTo("17");
        assertThat(session.state()).isEqualTo(SessionState.OPEN);
        session.send(Message.text("one"));
        session.send(ServerSentEvent.of("two\r\nlines\rand\nmore").withId("5").withEvent("e"));
        assertThat(session.stats().queuedBytes()).isPositive();
        assertThat(body.read().toUtf8())
                .isEqualTo("data: one\n\nid: 5\nevent: e\ndata: two\ndata: lines\ndata: and\ndata: more\n\n");
        assertThat(session.offer(Message.text(""))).isEqualTo(Offer.QUEUED);
        session.close(CloseReason.DRAIN.withRetryAfter(Duration.ofSeconds(2)));
        assertThat(session.offer(Message.text("late"))).isEqualTo(Offer.CLOSED);
        assertThat(body.read().toUtf8()).isEqualTo("data: \n\nretry: 2000\n\n");
        assertThat(body.read()).isEqualTo(Bytes.EMPTY);
        assertThat(body.read()).isEqualTo(Bytes.EMPTY);
        assertThat(closed.poll(30, TimeUnit.SECONDS))
                .isEqualTo(CloseReason.DRAIN.withRetryAfter(Duration.ofSeconds(2)));
        assertThat(streams.sessions().count()).isZero();
        assertThat(session.stats().messagesSent()).isEqualTo(3);
        assertThatExceptionOfType(SessionClosed.class).isThrownBy(() -> session.send(Message.text("x")));
    }

    @Test
    void theIdOfTheLastEventIsUtf8AndAsItIsWhereItIsNot() throws Exception {
        for (String id : List.of("\u00e4\u20ac", "\u00e4")) {
            EventStreams streams = EventStreams.of(handler);
            String utf8 = new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            Response response = streams.handle(Request.get("/e").withHeader("Last-Event-ID", utf8));
            assertThat(begin(streams, response.body()).lastEventId()).isEqualTo(id);
        }
        EventStreams streams = EventStreams.of(handler);
        Response response = streams.handle(Request.get("/e").withHeader("Last-Event-ID", "\u00e4"));
        assertThat(begin(streams, response.body()).lastEventId()).isEqualTo("\u00e4");
    }

    @Test
    void aBroadcastReachesEveryStream() throws Exception {
        EventStreams streams = EventStreams.of(handler);
        Body one = open(streams);
        Body two = open(streams);
        EventSession first = begin(streams, one);
        begin(streams, two);
        assertThat(streams.sessions().broadcast(Message.text("all"))).isEqualTo(2);
        assertThat(streams.sessions().broadcast(Message.text("first"), first::equals))
                .isEqualTo(1);
        assertThat(one.read().toUtf8()).isEqualTo("data: all\n\ndata: first\n\n");
        assertThat(two.read().toUtf8()).isEqualTo("data: all\n\n");
        assertThat(streams.sessions().broadcast(Message.binary((byte) 1))).isZero();
        assertThat(first.stats().messagesDropped()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> first.offer(Message.binary((byte) 1)));
        one.close();
        two.close();
        assertThat(closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.LOST);
        assertThat(closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.LOST);
    }

    @Test
    void aStreamMayJoinTopics() throws Exception {
        EventStreams streams = EventStreams.of(handler);
        Body one = open(streams);
        Body two = open(streams);
        EventSession first = begin(streams, one);
        EventSession second = begin(streams, two);
        Topics topics = Topics.open();
        assertThat(topics.join(first, TopicPattern.of("room.*"))).isTrue();
        assertThat(topics.join(first, TopicPattern.of("room.*"))).isFalse();
        assertThat(topics.join(second, TopicPattern.of("room.2"))).isTrue();
        topics.publish(Topic.of("room.1"), Message.text("a"));
        topics.publish(Topic.of("room.2"), Message.text("b"));
        assertThat(one.read().toUtf8()).isEqualTo("data: a\n\ndata: b\n\n");
        assertThat(two.read().toUtf8()).isEqualTo("data: b\n\n");
        assertThat(topics.joined(first)).containsExactly(TopicPattern.of("room.*"));
        assertThat(topics.leave(first, TopicPattern.of("room.*"))).isTrue();
        two.close();
        topics.publish(Topic.of("room.2"), Message.text("c"));
        first.send(Message.text("d"));
        assertThat(one.read().toUtf8()).isEqualTo("data: d\n\n");
        one.close();
    }

    @Test
    void aSlowStreamIsPassedOverAndToldWhatItMissed() throws Exception {
        ConnectionLimits small = ConnectionLimits.defaults().withQueueBytes(20, 40);
        EventStreams streams = EventStreams.of(handler, SessionConfig.defaults().withLimits(small));
        Topics topics = Topics.open((session, topic, missed) -> Optional.of(Message.text("missed " + missed)));
        Body body = open(streams);
        EventSession session = begin(streams, body);
        topics.join(session, TopicPattern.of("t"));
        for (int i = 0; i < 5; i++) topics.publish(Topic.of("t"), Message.text("0123456789"));
        assertThat(session.stats().messagesDropped()).isEqualTo(3);
        assertThat(body.read().toUtf8()).isEqualTo("data: 0123456789\n\n".repeat(2));
        assertThat(body.read().toUtf8()).isEqualTo("data: missed 3\n\n");
        topics.publish(Topic.of("t"), Message.binary((byte) 1));
        topics.publish(Topic.of("t"), Message.text("again"));
        String both = "data: missed 1\n\ndata: again\n\n";
        String read = body.read().toUtf8();
        if (read.length() < both.length()) read += body.read().toUtf8();
        assertThat(read).isEqualTo(both);
        body.close();
    }

    @Test
    void silenceIsBrokenByComments() throws Exception {
        EventStreams streams = EventStreams.of(handler, SessionConfig.defaults().withPingAfter(Duration.ofMillis(5)));
        Body body = open(streams);
        EventSession session = begin(streams, body);
        assertThat(body.read().toUtf8()).isEqualTo(":\n\n");
        assertThat(body.read().toUtf8()).isEqualTo(":\n\n");
        session.offer(Message.text("x"));
        assertThat(body.read().toUtf8()).isEqualTo("data: x\n\n");
        session.close();
        assertThat(body.read()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void aFullQueueDropsOffersAndHoldsSenders() throws Exception {
        ConnectionLimits small = ConnectionLimits.defaults().withQueueBytes(20, 40);
        EventStreams streams = EventStreams.of(handler, SessionConfig.defaults().withLimits(small));
        Body body = open(streams);
        EventSession session = begin(streams, body);
        assertThat(session.offer(Message.text("0123456789"))).isEqualTo(Offer.QUEUED);
        assertThat(session.offer(Message.text("0123456789".repeat(3)))).isEqualTo(Offer.DROPPED);
        assertThat(session.offer(Message.text("0123456789"))).isEqualTo(Offer.QUEUED);
        assertThat(session.offer(Message.text("x"))).isEqualTo(Offer.DROPPED);
        assertThat(session.stats().messagesDropped()).isEqualTo(2);
        assertThatExceptionOfType(DeadlineExceeded.class)
                .isThrownBy(() -> Deadline.within(Duration.ofMillis(1), () -> {
                    session.send(Message.text("y"));
                    return true;
                }));
        Thread sender = Thread.ofVirtual().start(() -> session.send(Message.text("waited")));
        StringBuilder seen = new StringBuilder();
        while (!seen.toString().contains("waited")) seen.append(body.read().toUtf8());
        sender.join();
        assertThat(seen.toString()).isEqualTo("data: 0123456789\n\n".repeat(2) + "data: waited\n\n");
        body.close();
    }

    @Test
    void aReaderThatTakesNothingIsCut() throws Exception {
        ConnectionLimits quick = ConnectionLimits.defaults().withStallTimeout(Duration.ofNanos(1));
        EventStreams streams = EventStreams.of(handler, SessionConfig.defaults().withLimits(quick));
        Body body = open(streams);
        EventSession session = begin(streams, body);
        assertThat(session.offer(Message.text("first"))).isEqualTo(Offer.QUEUED);
        assertThat(session.offer(Message.text("second"))).isEqualTo(Offer.CLOSED);
        assertThat(closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.TOO_SLOW);
        assertThatExceptionOfType(ConnectionLost.class).isThrownBy(body::read);
    }

    @Test
    void anAbortFreesTheThreadThatSends() throws Exception {
        EventStreams streams = EventStreams.of(handler);
        Body body = open(streams);
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        Thread sending = Thread.ofVirtual().start(() -> {
            body.read();
            try {
                Thread.sleep(1_000_000); // a write that the peer does not take
            } catch (InterruptedException expected) {
                interrupted.add(true);
            }
        });
        Session session = opened.poll(30, TimeUnit.SECONDS);
        assertThat(session).isNotNull();
        session.abort();
        assertThat(interrupted.poll(30, TimeUnit.SECONDS)).isTrue();
        sending.join();
        assertThat(closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.LOST);
    }

    @Test
    void aHandlerThatFailsEndsItsStream() throws Exception {
        EventStreams streams = EventStreams.of(new SessionHandler() {
            @Override
            public void opened(Session session) {
                throw new IllegalStateException("no");
            }

            @Override
            public void message(Session session, Message message) {}

            @Override
            public void closed(Session session, CloseReason reason) {
                closed.add(reason);
            }
        });
        Body body = open(streams);
        body.read();
        assertThat(body.read()).isEqualTo(Bytes.EMPTY);
        assertThat(closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.HANDLER_FAILED);
    }

    @Test
    void whatIsNeverSentIsNeverASession() {
        EventStreams streams = EventStreams.of(handler);
        open(streams).close();
        assertThat(opened).isEmpty();
        assertThat(closed).isEmpty();
        assertThat(streams.handle(Request.post("/e", Body.empty())).status()).isEqualTo(405);
    }

    @Test
    void closingEndsAllAndRefusesNewOnes() throws Exception {
        EventStreams streams = EventStreams.of(handler);
        Body body = open(streams);
        begin(streams, body);
        Body late = open(streams);
        streams.close();
        assertThat(body.read()).isEqualTo(Bytes.EMPTY);
        assertThat(late.read().toUtf8()).isEqualTo(": hello\n\n");
        assertThat(late.read()).isEqualTo(Bytes.EMPTY);
        assertThat(streams.handle(Request.get("/e")).status()).isEqualTo(503);
    }

    @Test
    void aSessionCarriesAttributesAndItsRequest() throws Exception {
        EventStreams streams = EventStreams.of(handler);
        Body body = open(streams);
        EventSession session = begin(streams, body);
        Key<String> key = Key.of("k");
        assertThat(session.attribute(key)).isEmpty();
        session.attribute(key, "v");
        assertThat(session.attribute(key)).contains("v");
        assertThat(session.request().target()).isEqualTo("/e");
        assertThat(session.remote()).isEqualTo(session.request().remote());
        assertThat(session.clientId()).isEqualTo(session.id());
        body.close();
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
    }

    @Test
    void aFieldOfAnEventIsOneLine() {
        for (String bad : new String[] {"a\nb", "a\rb", "\u0000"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ServerSentEvent.of("x").withId(bad));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ServerSentEvent.of("x").withEvent(bad));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSentEvent.of("x").withRetry(Duration.ofMillis(-1)));
        assertThat(ServerSentEvent.of("a\n")
                        .withRetry(Duration.ofSeconds(1))
                        .encode()
                        .toUtf8())
                .isEqualTo("retry: 1000\ndata: a\ndata: \n\n");
    }
}
