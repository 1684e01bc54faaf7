package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.HawserException;
import io.hawser.UnexpectedStatus;
import io.hawser.http.ApiClient;
import io.hawser.http.ApiClientConfig;
import io.hawser.http.Authorization;
import io.hawser.http.Body;
import io.hawser.http.ChatMessage;
import io.hawser.http.ChatStream;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.OpenAiClient;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.tcp.ListenConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The thin client against a server on this machine that speaks the API.
final class OpenAiClientTest {
    private final ConcurrentLinkedQueue<Response> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;
    private OpenAiClient openai;

    @BeforeEach
    void start() {
        Router api = Router.builder()
                .post("/v1/chat/completions", request -> {
                    calls.incrementAndGet();
                    boolean authorized =
                            request.header("Authorization").orElse("").equals("Bearer key");
                    if (!authorized) return Response.json(401, Map.of("error", Map.of("message", "bad key")));
                    Response scripted = answers.poll();
                    if (scripted != null) return scripted;
                    Map<?, ?> asked = request.body().as(Map.class);
                    return asked.containsKey("stream") ? stream("Hel", "lo") : completion(asked);
                })
                .post(
                        "/v1/embeddings",
                        request -> Response.json(Map.of(
                                "data",
                                List.of(Map.of("embedding", List.of(1, 0.5)), Map.of("embedding", List.of(-1, 2))))))
                .get(
                        "/v1/models",
                        request -> Response.json(Map.of("data", List.of(Map.of("id", "a"), Map.of("id", "b")))))
                .build();
        server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), api);
        openai = client("key");
    }

    private OpenAiClient client(String key) {
        ApiClientConfig config = ApiClientConfig.to("openai", "http://" + server.endpoint())
                .withAuthentication(Authorization.bearer(key));
        return OpenAiClient.over(ApiClient.open(config));
    }

    @AfterEach
    void stop() {
        openai.close();
        server.close();
    }

    private static Response completion(Map<?, ?> asked) {
        String heard = "nothing";
        if (asked.get("messages") instanceof List<?> messages
                && messages.getLast() instanceof Map<?, ?> message
                && message.get("content") instanceof String content) heard = content;
        String echo = asked.get("model") + " heard: " + heard;
        return Response.json(
                Map.of("choices", List.of(Map.of("message", Map.of("role", "assistant", "content", echo)))));
    }

    private static String chunk(String part) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"" + part + "\"}}]}\n\n";
    }

    private static Response events(String text) {
        return Response.ok(Body.of(Bytes.ofUtf8(text))).withHeader("Content-Type", "text/event-stream");
    }

    private static Response stream(String... parts) {
        StringBuilder text = new StringBuilder("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n");
        for (String part : parts) text.append(chunk(part));
        return events(text + "data: [DONE]\n\n");
    }

    private static List<String> parts(ChatStream stream) {
        List<String> parts = new ArrayList<>();
        try (stream) {
            stream.forEach(parts::add);
        }
        return parts;
    }

    @Test
    void aPromptIsAnswered() {
        assertThat(openai.chatCompletion("Hello, world!")).isEqualTo("gpt-4o-mini heard: Hello, world!");
        assertThat(openai.withModels("other", "e")
                        .chatCompletion(List.of(
                                ChatMessage.system("be brief"), ChatMessage.assistant("yes?"), ChatMessage.user("hi"))))
                .isEqualTo("other heard: hi");
    }

    @Test
    void anAnswerIsStreamed() {
        assertThat(parts(openai.streamChat(List.of(ChatMessage.user("Hello"))))).containsExactly("Hel", "lo");
    }

    @Test
    void throttlingAndFailuresAreTriedAgain() {
        answers.add(Response.json(429, Map.of("error", Map.of("message", "slow down")))
                .withHeader("Retry-After", "0"));
        answers.add(Response.of(500));
        assertThat(openai.chatCompletion("again")).endsWith("again");
        assertThat(calls).hasValue(3);
    }

    @Test
    void anErrorSaysWhatTheServiceSays() {
        for (int i = 0; i < 3; i++) answers.add(Response.json(500, Map.of("error", Map.of("message", "broken"))));
        assertThatThrownBy(() -> openai.chatCompletion("x"))
                .isInstanceOfSatisfying(
                        UnexpectedStatus.class,
                        answer -> assertThat(answer.content()).contains("broken"));
        try (OpenAiClient stranger = client("wrong")) {
            assertThatThrownBy(() -> stranger.streamChat(List.of(ChatMessage.user("x"))))
                    .isInstanceOfSatisfying(UnexpectedStatus.class, answer -> {
                        assertThat(answer.status()).isEqualTo(401);
                        assertThat(answer.content()).contains("bad key");
                    });
        }
    }

    @Test
    void aStreamThatIsCutOffIsNoMessage() {
        answers.add(events(chunk("Hel")));
        assertThatThrownBy(() -> parts(openai.streamChat(List.of(ChatMessage.user("x")))))
                .isInstanceOf(HawserException.class)
                .hasMessageContaining("cut off");
        answers.add(Response.ok(Body.writing("text/event-stream", sink -> {
            sink.write(Bytes.ofUtf8(chunk("Hel")));
            sink.flush();
            throw new IllegalStateException("the service fell over");
        })));
        assertThatThrownBy(() -> parts(openai.streamChat(List.of(ChatMessage.user("x")))))
                .isInstanceOf(HawserException.class);
        answers.add(events(chunk("Hel") + "data: {\"error\":{\"message\":\"overloaded\"}}\n\n"));
        assertThatThrownBy(() -> parts(openai.streamChat(List.of(ChatMessage.user("x")))))
                .hasMessageContaining("overloaded");
    }

    @Test
    void embeddingsAndModelsAreRead() {
        assertThat(openai.embeddings(List.of("a", "b"))).containsExactly(new float[] {1, 0.5f}, new float[] {-1, 2});
        assertThat(openai.models()).containsExactly("a", "b");
        assertThatThrownBy(() -> openai.embeddings(List.of("a"))).hasMessageContaining("2 embeddings of 1");
    }
}
