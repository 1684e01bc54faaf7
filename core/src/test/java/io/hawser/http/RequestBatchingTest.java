package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.policy.BatcherConfig;
import io.hawser.policy.PolicyContext;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class RequestBatchingTest {
    private static final String URL = "http://api.example/batch";

    /// The far end: answers each request of a batch as it would have alone.
    private static Response batchEndpoint(Request batch) {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (Object item : batch.body().as(List.class)) {
            Map<?, ?> request = (Map<?, ?>) item;
            boolean missing = "/missing".equals(request.get("target"));
            answers.add(Map.of(
                    "status",
                    missing ? 404 : 200,
                    "headers",
                    Map.of("X-Method", request.get("method")),
                    "body",
                    request.get("target") + " " + request.get("body") + " " + request.get("headers")));
        }
        return Response.json(answers);
    }

    private static Filter batching(int items) {
        BatcherConfig config = BatcherConfig.defaults().withMaxItems(items).withLinger(Duration.ofSeconds(30));
        return RequestBatching.of(BatchFormat.json(URL), config, PolicyContext.of("batch"));
    }

    @Test
    void requestsOfOneMomentBecomeOneCallAndEachGetsItsAnswer() throws Exception {
        FakeOrigin origin = new FakeOrigin().then(RequestBatchingTest::batchEndpoint);
        HttpHandler client = origin.with(batching(3));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> one = threads.submit(
                    () -> client.handle(Request.get("http://api.example/a?b=c").withHeader("X", "1")));
            Future<Response> two = threads.submit(
                    () -> client.handle(Request.post("http://api.example/p", Body.json(Map.of("n", 1)))));
            Future<Response> three = threads.submit(() -> client.handle(Request.get("http://api.example/missing")));
            assertThat(one.get().body().text()).isEqualTo("/a?b=c null {X=1}");
            assertThat(two.get().body().text()).isEqualTo("/p {\"n\":1} {Content-Type=application/json}");
            assertThat(two.get().header("X-Method")).contains("POST");
            assertThat(three.get().status()).isEqualTo(404);
        }
        assertThat(origin.requests()).extracting(Request::target).containsExactly(URL);
    }

    @Test
    void whatCannotGoWithOthersGoesAlone() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(Response.ok());
        HttpHandler client = origin.with(batching(2));
        client.handle(Request.post("http://api.example/x", Body.of(Bytes.ofUtf8("x"), "image/png")));
        client.handle(Request.get("http://api.example/x").withBody(Body.of(new ByteArrayInputStream(new byte[1]))));
        assertThat(origin.requests())
                .extracting(Request::target)
                .containsExactly("http://api.example/x", "http://api.example/x");
    }

    @Test
    void aBatchThatFailsIsTheFailureOfEach() {
        for (Response answer : List.of(Response.of(500), Response.json(List.of()), Response.json(List.of("x")))) {
            HttpHandler client = FakeOrigin.answering(answer).with(batching(1));
            assertThatThrownBy(() -> client.handle(Request.get("http://api.example/a")))
                    .isInstanceOf(ProtocolError.class);
        }
    }

    @Test
    void whatIsLargerThanABatchGoesAlone() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(Response.ok());
        BatcherConfig config = BatcherConfig.defaults().withMaxBytes(1000);
        Filter batching = RequestBatching.of(BatchFormat.json(URL), config, PolicyContext.of("batch"));
        Request large = Request.post("http://api.example/x", Body.json("x".repeat(1000)));
        assertThat(origin.with(batching).handle(large).status()).isEqualTo(200);
        assertThat(origin.requests()).extracting(Request::target).containsExactly("http://api.example/x");
    }

    @Test
    void anAnswerThatIsNoneIsNotBlamedOnWhoeverAsked() {
        for (String json :
                List.of("{", "{}", "null", "[{\"status\":7}]", "[{\"status\":200,\"headers\":{\"a b\":\"c\"}}]")) {
            HttpHandler client =
                    FakeOrigin.answering(Response.ok(Body.text(json))).with(batching(1));
            assertThatThrownBy(() -> client.handle(Request.get("http://api.example/a")))
                    .as(json)
                    .isInstanceOfSatisfying(
                            ProtocolError.class,
                            error -> assertThat(error.code()).isIn(0, 502));
        }
    }
}
