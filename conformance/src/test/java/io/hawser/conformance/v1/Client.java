package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A client of hawser.v1 that shares no code with the hub.
public interface Client extends AutoCloseable {
    void say(Map<String, ?> request) throws IOException;

    /// Says what is no map of the notation.
    void sayGarbage() throws IOException;

    /// Says so many lists within each other.
    void sayNested(int depth) throws IOException;

    /// The next message.
    JsonNode read() throws IOException;

    /// The goodbye, which is all that comes.
    void expectGoodbye(int code) throws IOException;

    /// The code of the goodbye, however much comes before it.
    int awaitGoodbye() throws IOException;

    /// Says goodbye with that code, and reads to the end.
    void sayGoodbye(int code) throws IOException;

    /// Cuts the connection.
    @Override
    void close() throws IOException;

    default JsonNode ask(Map<String, ?> request) throws IOException {
        say(request);
        return read();
    }

    /// Says hello, and returns what is in the welcome.
    default JsonNode greet(String client) throws IOException {
        return hello(Map.of("client", client));
    }

    default JsonNode hello(Map<String, ?> hello) throws IOException {
        JsonNode answer = ask(Map.of("id", 1, "hello", hello));
        assertThat(answer.path("id").asInt()).as(answer.toString()).isEqualTo(1);
        assertThat(answer.has("welcome")).as(answer.toString()).isTrue();
        return answer.path("welcome");
    }

    default JsonNode subscribe(String topic) throws IOException {
        JsonNode answer = ask(Map.of("id", 2, "sub", Map.of("topic", topic)));
        assertThat(answer.path("id").asInt()).as(answer.toString()).isEqualTo(2);
        return answer.path("sub");
    }

    default JsonNode publish(String topic, Object value) throws IOException {
        JsonNode answer = ask(Map.of("id", 4, "pub", Map.of("topic", topic, "d", value)));
        assertThat(answer.path("id").asInt()).as(answer.toString()).isEqualTo(4);
        return answer.path("pub");
    }
}
