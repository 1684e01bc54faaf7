package io.hawser.openai.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.MultipartField;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import com.openai.models.models.Model;
import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.PolicyFilter;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.openai.OpenAi;
import io.hawser.policy.Retry;
import io.hawser.tcp.ListenConfig;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The official SDK on our client, against a server on this machine that speaks the API.
final class OpenAiTest {
    private static final ChatCompletionCreateParams PARAMS = ChatCompletionCreateParams.builder()
            .model("test-model")
            .addUserMessage("Hello, world!")
            .build();

    private final ConcurrentLinkedQueue<Response> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;
    private HttpClient network;
    private OpenAIClient openai;

    @BeforeEach
    void start() {
        Router api = Router.builder()
                .post("/v1/chat/completions", request -> {
                    calls.incrementAndGet();
                    if (!request.header("Authorization").orElse("").equals("Bearer key")) return Response.of(401);
                    Response scripted = answers.poll();
                    if (scripted != null) return scripted;
                    Map<?, ?> asked = request.body().as(Map.class);
                    return Boolean.TRUE.equals(asked.get("stream")) ? stream("Hel", "lo") : completion(asked);
                })
                .get(
                        "/v1/models",
                        request -> Response.json(Map.of("object", "list", "data", List.of(model("a"), model("b")))))
                .post(
                        "/v1/files",
                        request -> Response.json(Map.of(
                                "id", "file-1",
                                "object", "file",
                                "bytes", request.body().bytes().size(),
                                "created_at", 1,
                                "filename", request.header("Content-Type").orElse("?"),
                                "purpose", "batch",
                                "status", "processed")))
                .build();
        server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), api);
        network = HttpClient.open();
        openai = OpenAi.over(network, "key", "http://" + server.endpoint() + "/v1");
    }

    @AfterEach
    void stop() {
        openai.close();
        network.close();
        server.close();
    }

    private static Map<String, Object> model(String name) {
        return Map.of("id", name, "object", "model", "created", 1, "owned_by", "us");
    }

    private static Response completion(Map<?, ?> asked) {
        String heard = "nothing";
        if (asked.get("messages") instanceof List<?> messages
                && messages.getFirst() instanceof Map<?, ?> message
                && message.get("content") instanceof String content) heard = content;
        return Response.json(Map.of(
                "id",
                "c1",
                "object",
                "chat.completion",
                "created",
                1,
                "model",
                asked.get("model"),
                "choices",
                List.of(Map.of(
                        "index",
                        0,
                        "finish_reason",
                        "stop",
                        "message",
                        Map.of("role", "assistant", "content", "heard: " + heard)))));
    }

    private static String chunk(String part) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                + "[{\"index\":0,\"finish_reason\":null,\"delta\":{\"content\":\"" + part + "\"}}]}\n\n";
    }

    private static Response stream(String... parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) text.append(chunk(part));
        return Response.ok(Body.of(Bytes.ofUtf8(text + "data: [DONE]\n\n")))
                .withHeader("Content-Type", "text/event-stream");
    }

    private static Response throttled() {
        return Response.json(429, Map.of("error", Map.of("message", "slow down")))
                .withHeader("Retry-After", "0");
    }

    private Optional<String> ask(OpenAIClient client) {
        return client.chat()
                .completions()
                .create(PARAMS)
                .choices()
                .getFirst()
                .message()
                .content();
    }

    private List<String> parts() {
        List<String> parts = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> chunks =
                openai.chat().completions().createStreaming(PARAMS)) {
            chunks.stream()
                    .forEach(chunk ->
                            chunk.choices().getFirst().delta().content().ifPresent(parts::add));
        }
        return parts;
    }

    @Test
    void anAnswerComes() {
        assertThat(ask(openai)).contains("heard: Hello, world!");
    }

    @Test
    void anAnswerComesToThoseWhoDoNotWait() throws Exception {
        assertThat(openai.async()
                        .chat()
                        .completions()
                        .create(PARAMS)
                        .get(30, TimeUnit.SECONDS)
                        .choices())
                .hasSize(1);
    }

    @Test
    void anAnswerIsStreamed() {
        assertThat(parts()).containsExactly("Hel", "lo");
    }

    @Test
    void modelsAreListedAndFilesUploaded() {
        assertThat(openai.models().list().data()).extracting(Model::id).containsExactly("a", "b");
        byte[] content = new byte[100_000];
        FileCreateParams upload = FileCreateParams.builder()
                .purpose(FilePurpose.BATCH)
                .file(MultipartField.<InputStream>builder()
                        .value(new ByteArrayInputStream(content))
                        .filename("x.bin")
                        .build())
                .build();
        var file = openai.files().create(upload);
        assertThat(file.bytes()).isGreaterThan(100_000);
        assertThat(file.filename()).startsWith("multipart/form-data");
    }

    @Test
    void retriesAreThoseOfTheHandlerAlone() {
        answers.add(throttled());
        assertThatThrownBy(() -> ask(openai)).isInstanceOf(RateLimitException.class);
        assertThat(calls).hasValue(1);
        answers.add(throttled());
        answers.add(throttled());
        OpenAIClient patient = OpenAi.over(
                network.with(PolicyFilter.of("openai", Retry.defaults())),
                "key",
                "http://" + server.endpoint() + "/v1");
        assertThat(ask(patient)).contains("heard: Hello, world!");
        assertThat(calls).hasValue(4);
        patient.close();
    }

    @Test
    void aFailureOfTheServiceIsThatOfTheSdk() {
        answers.add(Response.json(500, Map.of("error", Map.of("message", "broken"))));
        assertThatThrownBy(() -> ask(openai))
                .isInstanceOf(InternalServerException.class)
                .hasMessageContaining("broken");
        assertThat(calls).hasValue(1);
    }

    @Test
    void aStreamThatIsCutOffIsAnError() {
        answers.add(Response.ok(Body.writing("text/event-stream", sink -> {
            sink.write(Bytes.ofUtf8(chunk("Hel")));
            sink.flush();
            throw new IllegalStateException("the service fell over");
        })));
        assertThatThrownBy(this::parts).isInstanceOf(OpenAIException.class);
    }

    @Test
    void aServiceThatIsNotThereIsAnErrorOfTheTransport() {
        OpenAIClient nobody = OpenAi.over(network, "key", "http://127.0.0.1:1/v1");
        assertThatThrownBy(() -> ask(nobody)).isInstanceOf(OpenAIIoException.class);
        nobody.close();
    }
}
