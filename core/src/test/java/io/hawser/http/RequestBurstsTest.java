package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.internal.http.Burst;
import io.hawser.policy.BatcherConfig;
import io.hawser.policy.PolicyContext;
import io.hawser.policy.PolicyEvent;
import io.hawser.policy.PolicyEvent.BatchSent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class RequestBurstsTest {
    private final List<PolicyEvent> events = new CopyOnWriteArrayList<>();

    private Filter bursts(BatcherConfig config) {
        return RequestBursts.of(config, PolicyContext.of("burst").withListener(events::add));
    }

    private static BatcherConfig of(int items) {
        return BatcherConfig.defaults().withMaxItems(items).withLinger(Duration.ofMinutes(10));
    }

    private static Request get(int number) {
        return Request.get("http://api.example/" + number);
    }

    @Test
    void requestsOfOneMomentAreCallsOfTheirOwnThatGoOnTogether() throws Exception {
        FakeOrigin origin = new FakeOrigin().then(request -> Response.text(request.path()));
        HttpHandler client = origin.with(bursts(of(3)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> answers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int number = i;
                answers.add(threads.submit(() -> client.handle(get(number))));
            }
            for (int i = 0; i < 3; i++)
                assertThat(answers.get(i).get().body().text()).isEqualTo("/" + i);
        }
        assertThat(origin.requests())
                .extracting(request -> request.attribute(Burst.PLACE).isPresent())
                .containsExactly(true, true, true);
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        BatchSent.class, sent -> assertThat(sent.items()).isEqualTo(3));
    }

    @Test
    void whatFailsOrIsAnsweredOnItsWayHoldsUpNobody() throws Exception {
        HttpHandler client = ((HttpHandler) request -> {
                    Burst.Place place = request.attribute(Burst.PLACE).orElseThrow();
                    if (request.path().equals("/0")) throw new IOException("refused on the way");
                    if (request.path().equals("/1")) return Response.text("from a cache");
                    // As a connection does it that makes many calls.
                    place.join(Runnable::run, () -> {});
                    return Response.text("sent");
                })
                .with(bursts(of(3)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> sent = threads.submit(() -> client.handle(get(2)));
            Future<Response> cached = threads.submit(() -> client.handle(get(1)));
            assertThatThrownBy(() -> client.handle(get(0))).hasMessage("refused on the way");
            assertThat(cached.get().body().text()).isEqualTo("from a cache");
            assertThat(sent.get().body().text()).isEqualTo("sent");
        }
    }

    @Test
    void whatIsNotInMemoryOrTooLargeGoesAloneAndAtOnce() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(Response.ok());
        HttpHandler client = origin.with(bursts(of(2).withMaxBytes(1000)));
        client.handle(get(1).withBody(Body.of(new ByteArrayInputStream(new byte[1]))));
        client.handle(get(2).withBody(Body.of(Bytes.wrap(new byte[1000]))));
        assertThat(origin.requests())
                .hasSize(2)
                .allSatisfy(
                        request -> assertThat(request.attribute(Burst.PLACE)).isEmpty());
        assertThat(events).isEmpty();
    }

    @Test
    void oneMoreThanMayWaitIsRejectedAndAnInterruptEndsTheWaitWithNothingSent() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(Response.ok());
        HttpHandler client = origin.with(bursts(of(10).withMaxWaiting(1)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicReference<Thread> waiting = new AtomicReference<>(Thread.currentThread());
            Future<Response> first = threads.submit(() -> {
                waiting.set(Thread.currentThread());
                return client.handle(get(1));
            });
            await().until(() -> waiting.get().getState() == Thread.State.TIMED_WAITING);
            assertThatThrownBy(() -> client.handle(get(2))).isInstanceOf(Rejected.class);
            waiting.get().interrupt();
            assertThatThrownBy(first::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            Cancelled.class,
                            cancelled -> assertThat(cancelled.processed()).isEqualTo(Processed.NO));
        }
        assertThat(origin.requests()).isEmpty();
    }
}
