package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.Reconnect;
import io.hawser.TimeSource;
import io.hawser.internal.http.events.EventParser;
import io.hawser.testing.FakeTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventSourceTest {
    private static final Request REQUEST = Request.get("http://h.example/events");
    private static final String STREAM = "\ufeffid: 1\r\ndata: one\r\ndata:two\r\n\r\n: comment\rretry: 10\revent: up\r"
            + "data\r\rid: \u00e4\n\nid: bad\0\nfield: x\ndata:  three\ndata\nretry: 9x\n\nid\nevent:kind\ndata: last\n\n"
            + "data: not whole\n";

    private final FakeTime time = new FakeTime();

    private static Response stream(String text) {
        return Response.ok(Body.of(Bytes.ofUtf8(text))).withHeader("Content-Type", "text/event-stream;charset=utf-8");
    }

    private EventSource open(HttpHandler origin, EventSourceConfig config, RandomGenerator random) {
        return EventSource.open(origin, REQUEST, config, time, () -> random);
    }

    private EventSource open(HttpHandler origin) {
        return open(origin, EventSourceConfig.defaults(), () -> 0);
    }

    private static List<String> data(EventSource source) {
        List<String> data = new ArrayList<>();
        source.forEach(event -> data.add(event.data()));
        return data;
    }

    private static List<ServerSentEvent> parsed(String text, int... cuts) {
        EventParser parser = new EventParser(1000, 1000);
        Bytes bytes = Bytes.ofUtf8(text);
        int from = 0;
        for (int cut : cuts) {
            parser.take(bytes.slice(from, cut));
            from = cut;
        }
        parser.take(bytes.slice(from, bytes.size()));
        List<ServerSentEvent> events = new ArrayList<>();
        for (ServerSentEvent event = parser.next(); event != null; event = parser.next()) events.add(event);
        return events;
    }

    @Test
    void anEventThatWasCutOffIsAskedForAgainThoughItsIdHadCome() {
        FakeOrigin origin = FakeOrigin.answering(
                stream("id: 1\ndata: one\n\nid: 2\ndata: tw"), stream("id: 2\ndata: two\n\n"), Response.noContent());
        try (EventSource source = open(origin)) {
            assertThat(data(source)).containsExactly("one", "two");
        }
        assertThat(origin.requests())
                .extracting(request -> request.header("Last-Event-ID").orElse("-"))
                .containsExactly("-", "1", "2");
    }

    @Test
    void anIdWithoutAnEventMovesTheSourceOn() {
        FakeOrigin origin = FakeOrigin.answering(stream("id: 7\n\n: nothing\n\n"), Response.noContent());
        try (EventSource source = open(origin)) {
            assertThat(data(source)).isEmpty();
            assertThat(source.lastEventId()).isEqualTo("7");
        }
        assertThat(origin.last().header("Last-Event-ID")).contains("7");
    }

    @Test
    void itsLastIdIsThatOfTheEventThatWasTakenThoughMoreHaveCome() {
        FakeOrigin origin =
                FakeOrigin.answering(stream("id: 1\ndata: one\n\nid: 2\ndata: two\n\nid: 3\ndata: three\n\n"));
        try (EventSource source = open(origin)) {
            Iterator<ServerSentEvent> events = source.iterator();
            assertThat(source.lastEventId()).isEmpty();
            assertThat(events.hasNext()).isTrue();
            assertThat(source.lastEventId()).isEmpty();
            assertThat(events.next().data()).isEqualTo("one");
            assertThat(source.lastEventId()).isEqualTo("1");
            assertThat(events.hasNext()).isTrue();
            assertThat(source.lastEventId()).isEqualTo("1");
            assertThat(events.next().data()).isEqualTo("two");
            assertThat(source.lastEventId()).isEqualTo("2");
        }
    }

    @Test
    void everyCutOfTheInputGivesTheSameEvents() {
        List<ServerSentEvent> whole = parsed(STREAM);
        assertThat(whole).extracting(ServerSentEvent::data).containsExactly("one\ntwo", "", " three\n", "last");
        assertThat(whole).extracting(ServerSentEvent::id).containsExactly("1", "1", "\u00e4", "");
        assertThat(whole).extracting(ServerSentEvent::event).containsExactly("", "up", "", "kind");
        assertThat(whole.getLast().retry()).contains(Duration.ofMillis(10));
        int size = Bytes.ofUtf8(STREAM).size();
        for (int i = 0; i <= size; i++) {
            assertThat(parsed(STREAM, i)).isEqualTo(whole);
            for (int j = i; j <= size; j += 3) assertThat(parsed(STREAM, i, j)).isEqualTo(whole);
        }
        int[] all = new int[size];
        for (int i = 0; i < size; i++) all[i] = i;
        assertThat(parsed(STREAM, all)).isEqualTo(whole);
    }

    @Test
    void whatTheServerSideWritesIsReadBack() {
        ServerSentEvent event =
                ServerSentEvent.of("a\n\nb \u20ac").withId("7").withEvent("x").withRetry(Duration.ofMillis(5));
        assertThat(parsed(event.encode().toUtf8())).containsExactly(event);
    }

    @ParameterizedTest
    @CsvSource({"999,true", "1000,true", "1001,false"})
    void aLineAndAnEventAreBounded(int size, boolean fits) {
        String line = "data:" + "x".repeat(size - 5);
        if (fits) assertThat(parsed(line + "\n\n")).hasSize(1);
        else
            assertThatThrownBy(() -> parsed(line))
                    .isInstanceOf(LimitExceeded.class)
                    .hasMessageContaining("maxLineBytes");
        String event = "data:" + "x".repeat(495) + "\n" + "data:" + "x".repeat(size - 505) + "\n\n";
        if (fits) assertThat(parsed(event)).hasSize(1);
        else
            assertThatThrownBy(() -> parsed(event))
                    .isInstanceOf(LimitExceeded.class)
                    .hasMessageContaining("maxEventBytes");
    }

    @Test
    void aStreamThatBreaksGoesOnWhereItWas() {
        FakeOrigin origin = FakeOrigin.answering(stream("id: 1\ndata: a\n\nid: 2\ndata: b\n\ndata: lost"))
                .then(request -> stream("data: c\n\nid: 3\ndata: d\n\n"))
                .then(request -> Response.noContent());
        try (EventSource source = open(origin)) {
            assertThat(data(source)).containsExactly("a", "b", "c", "d");
            assertThat(source.lastEventId()).isEqualTo("3");
        }
        assertThat(origin.requests())
                .extracting(request -> request.header("Last-Event-ID").orElse("-"))
                .containsExactly("-", "2", "3");
        assertThat(origin.requests())
                .allMatch(request -> request.header("Accept").orElse("").equals("text/event-stream"));
    }

    @Test
    void aStreamMayBeginWhereAnEarlierOneEnded() {
        FakeOrigin origin = FakeOrigin.answering(Response.noContent());
        Request later = REQUEST.withHeader("Last-Event-ID", "41");
        EventSource source = EventSource.open(origin, later);
        assertThat(source.lastEventId()).isEqualTo("41");
        assertThat(data(source)).isEmpty();
        assertThat(origin.last().headers().all("Last-Event-ID")).containsExactly("41");
    }

    @Test
    void anIdBeyondAsciiIsSentInUtf8() {
        FakeOrigin origin =
                FakeOrigin.answering(stream("id: \u00e4\u20ac\ud83d\ude00\ndata: a\n\n"), Response.noContent());
        EventSource source = open(origin);
        assertThat(data(source)).containsExactly("a");
        assertThat(source.lastEventId()).isEqualTo("\u00e4\u20ac\ud83d\ude00");
        String sent = origin.last().header("Last-Event-ID").orElseThrow();
        assertThat(sent.getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo("\u00e4\u20ac\ud83d\ude00".getBytes(StandardCharsets.UTF_8));
        FakeOrigin later = FakeOrigin.answering(Response.noContent());
        EventSource other = EventSource.open(later, REQUEST.withHeader("Last-Event-ID", sent));
        assertThat(other.lastEventId()).isEqualTo("\u00e4\u20ac\ud83d\ude00");
        assertThat(data(other)).isEmpty();
        assertThat(later.last().headers().all("Last-Event-ID")).containsExactly(sent);
    }

    @Test
    void anIdThatNoFieldCanHoldIsPassedOver() {
        FakeOrigin origin = FakeOrigin.answering(
                stream("id: 1\ndata: a\n\nid: \u0001\ndata: b\n\nid: x\u007f\ndata: c\n\n"), Response.noContent());
        EventSource source = open(origin);
        assertThat(data(source)).containsExactly("a", "b", "c");
        assertThat(origin.last().header("Last-Event-ID")).contains("1");
    }

    @Test
    void bytesWithoutAnEventAreAFailureToo() {
        EventSourceConfig config =
                EventSourceConfig.defaults().withReconnect(Reconnect.defaults().withMaxAttempts(3));
        FakeOrigin origin =
                FakeOrigin.answering(stream(":\n\n"), stream(":\n\n"), stream("id: 1\n\n"), Response.noContent());
        assertThatThrownBy(() -> data(open(origin, config, () -> 0))).isInstanceOf(ProtocolError.class);
        assertThat(origin.requests()).hasSize(3);
        FakeOrigin better = FakeOrigin.answering(stream(":\n\n"), stream(":\n\n"), stream("data: a\n\n"))
                .then(request -> stream(":\n\n"))
                .then(request -> Response.noContent());
        assertThat(data(open(better, config, () -> 0))).containsExactly("a");
        assertThat(better.requests()).hasSize(5);
    }

    @Test
    void thePausesAreTheServersAndAJitterThatGrows() {
        FakeOrigin origin = FakeOrigin.answering(stream("retry: 3000\ndata: a\n\n"))
                .then(request -> {
                    throw new ConnectionLost("reset", Processed.MAYBE, null);
                })
                .then(request -> Response.of(503).withHeader("Retry-After", "60"))
                .then(request -> Response.of(500))
                .then(request -> stream("data: b\n\n"))
                .then(request -> Response.noContent());
        List<Long> at = new ArrayList<>();
        long start = time.nanoTime();
        HttpHandler timed = request -> {
            at.add(Duration.ofNanos(time.nanoTime() - start).toMillis());
            return origin.handle(request);
        };
        Reconnect reconnect = Reconnect.defaults().withPauses(Duration.ofSeconds(1), Duration.ofSeconds(20));
        // Always the whole ceiling.
        RandomGenerator longest = new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
        EventSource source = open(timed, EventSourceConfig.defaults().withReconnect(reconnect), longest);
        assertThat(data(source)).containsExactly("a", "b");
        assertThat(at).containsExactly(0L, 4_000L, 9_000L, 73_000L, 84_000L, 88_000L);
    }

    @ParameterizedTest
    @CsvSource({"404,text/event-stream", "401,''", "200,text/html", "200,''", "301,text/event-stream"})
    void anAnswerThatIsNoStreamEndsIt(int status, String type) {
        Response answer = Response.of(status).withHeader("Content-Type", type.isEmpty() ? "x" : type);
        FakeOrigin origin = FakeOrigin.answering(answer);
        EventSource source = open(origin);
        assertThatThrownBy(() -> data(source)).isInstanceOf(ProtocolError.class).hasMessageContaining("" + status);
        assertThat(data(source)).isEmpty();
        assertThat(origin.requests()).hasSize(1);
    }

    @Test
    void theAttemptsInARowMayBeBounded() {
        EventSourceConfig config =
                EventSourceConfig.defaults().withReconnect(Reconnect.defaults().withMaxAttempts(3));
        FakeOrigin origin = FakeOrigin.answering(Response.of(502));
        assertThatThrownBy(() -> data(open(origin, config, () -> 0)))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("502");
        assertThat(origin.requests()).hasSize(3);
        FakeOrigin empty = FakeOrigin.answering(stream(""));
        assertThatThrownBy(() -> data(open(empty, config, () -> 0))).isInstanceOf(ProtocolError.class);
        assertThat(empty.requests()).hasSize(3);
    }

    @Test
    void whatIsTooLongEndsItWithoutAReconnect() {
        FakeOrigin origin = FakeOrigin.answering(stream("data: " + "x".repeat(100)));
        EventSource source = open(origin, EventSourceConfig.defaults().withMaxLineBytes(50), () -> 0);
        assertThatThrownBy(() -> data(source)).isInstanceOf(LimitExceeded.class);
        assertThat(data(source)).isEmpty();
        assertThat(origin.requests()).hasSize(1);
    }

    @Test
    void theDeadlineEndsTheWaitAndNotTheSource() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(Response.of(503).withHeader("Retry-After", "60"))
                .then(request -> stream("data: a\n\n"));
        EventSource source = open(origin);
        Iterator<ServerSentEvent> events = source.iterator();
        assertThatThrownBy(() -> Deadline.after(Duration.ofSeconds(1), time).call(events::next))
                .isInstanceOf(DeadlineExceeded.class);
        assertThat(events.next().data()).isEqualTo("a");
    }

    @Test
    void closingEndsAWaitForTheNextStream() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(Response.of(503).withHeader("Retry-After", "3600"));
        EventSource source =
                EventSource.open(origin, REQUEST, EventSourceConfig.defaults(), TimeSource.system(), () -> () -> 0);
        CompletableFuture<Boolean> next = new CompletableFuture<>();
        Thread reader =
                Thread.ofVirtual().start(() -> next.complete(source.iterator().hasNext()));
        Awaitility.await().until(() -> !origin.requests().isEmpty());
        source.close();
        assertThat(next.get(30, TimeUnit.SECONDS)).isFalse();
        reader.join();
    }

    @Test
    void closingEndsAStreamThatIsRead() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch reading = new CountDownLatch(1);
        Body silent = new Body() {
            @Override
            public Bytes read() {
                reading.countDown();
                try {
                    closed.await();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
                return Bytes.EMPTY;
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        EventSource source = open(FakeOrigin.answering(stream("").withBody(silent)));
        CompletableFuture<Boolean> next = new CompletableFuture<>();
        Thread reader =
                Thread.ofVirtual().start(() -> next.complete(source.iterator().hasNext()));
        reading.await();
        source.close();
        assertThat(next.get(30, TimeUnit.SECONDS)).isFalse();
        reader.join();
    }
}
