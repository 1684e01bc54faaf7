package io.hawser.http;

import io.hawser.ProtocolError;
import io.hawser.policy.RateLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The calls of the OpenAI API that most programs make, and of every service that speaks it.
///
/// ```java
/// try (OpenAiClient openai = OpenAiClient.open(key)) {
///     String answer = openai.chatCompletion("Hello, world!");
///     try (ChatStream words = openai.streamChat(List.of(ChatMessage.user("Tell a story")))) {
///         for (String word : words) System.out.print(word);
///     }
/// }
/// ```
///
/// Chat completions carry an idempotency key, so an answer that was lost is asked for again. The whole API
/// is the module `hawser-openai`: the official SDK on the same transport.
///
/// Errors: [io.hawser.UnexpectedStatus] with what the service says; [ProtocolError] for an answer that is
/// not of this API; and those of [ApiClient].
///
/// Thread: safe from any.
public final class OpenAiClient implements AutoCloseable {
    private static final String SOURCE = "the OpenAI API";

    private final ApiClient api;
    private final String model;
    private final String embeddingModel;

    private OpenAiClient(ApiClient api, String model, String embeddingModel) {
        this.api = api;
        this.model = model;
        this.embeddingModel = embeddingModel;
    }

    /// For the public service, with 60 calls a minute and 60 s until an answer begins. It asks `gpt-4o-mini`
    /// and `text-embedding-3-small`, where [#withModels] does not say otherwise.
    public static OpenAiClient open(String apiKey) {
        ApiClientConfig config = ApiClientConfig.to("openai", "https://api.openai.com")
                .withAuthentication(Authorization.bearer(apiKey))
                .withRateLimit(RateLimit.perWindow(60, Duration.ofMinutes(1)))
                .withTimeout(Duration.ofSeconds(60));
        return over(ApiClient.open(config));
    }

    /// Through `api`, whose base URL is the part of the service's before `/v1`.
    ///
    /// Owner: closes `api`.
    public static OpenAiClient over(ApiClient api) {
        return new OpenAiClient(api, "gpt-4o-mini", "text-embedding-3-small");
    }

    /// With other models. Both share `api`, and closing one closes it for both.
    public OpenAiClient withModels(String chat, String embedding) {
        return new OpenAiClient(api, chat, embedding);
    }

    /// The answer to one question.
    public String chatCompletion(String prompt) {
        return chatCompletion(List.of(ChatMessage.user(prompt)));
    }

    /// The next message of a chat.
    public String chatCompletion(List<ChatMessage> messages) {
        Map<?, ?> answer = call(Map.of("model", model, "messages", messages)).as(Map.class);
        if (list(answer, "choices").getFirst() instanceof Map<?, ?> choice
                && choice.get("message") instanceof Map<?, ?> message
                && message.get("content") instanceof String content) return content;
        throw new ProtocolError(0, "a completion without content", SOURCE);
    }

    /// The next message of a chat, as it is made.
    public ChatStream streamChat(List<ChatMessage> messages) {
        HttpCall call = call(Map.of("model", model, "messages", messages, "stream", true));
        Response response = call.accept("text/event-stream").send();
        Answers.checkSuccess(call.request(), response);
        return new ChatStream(response.body());
    }

    private HttpCall call(Map<String, ?> content) {
        return api.post("/v1/chat/completions")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .json(content);
    }

    /// A vector for each text, in their order.
    public List<float[]> embeddings(List<String> texts) {
        Map<?, ?> answer = api.post("/v1/embeddings")
                .json(Map.of("model", embeddingModel, "input", texts))
                .as(Map.class);
        List<float[]> vectors = new ArrayList<>();
        for (Object item : list(answer, "data")) {
            if (!(item instanceof Map<?, ?> entry) || !(entry.get("embedding") instanceof List<?> numbers)) {
                throw new ProtocolError(0, "an embedding without a vector", SOURCE);
            }
            vectors.add(vector(numbers));
        }
        if (vectors.size() == texts.size()) return vectors;
        throw new ProtocolError(0, vectors.size() + " embeddings of " + texts.size() + " texts", SOURCE);
    }

    private static float[] vector(List<?> numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!(numbers.get(i) instanceof Number number))
                throw new ProtocolError(0, "a vector of no numbers", SOURCE);
            vector[i] = number.floatValue();
        }
        return vector;
    }

    /// The names of the models that there are.
    public List<String> models() {
        List<String> names = new ArrayList<>();
        for (Object item : list(api.get("/v1/models").as(Map.class), "data")) {
            if (item instanceof Map<?, ?> entry && entry.get("id") instanceof String id) names.add(id);
        }
        return names;
    }

    private static List<?> list(Map<?, ?> answer, String name) {
        if (answer.get(name) instanceof List<?> list && !list.isEmpty()) return list;
        throw new ProtocolError(0, "an answer without " + name, SOURCE);
    }

    @Override
    public void close() {
        api.close();
    }
}
