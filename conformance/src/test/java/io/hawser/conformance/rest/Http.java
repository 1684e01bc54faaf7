package io.hawser.conformance.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Requests of HTTP/1.1 on a raw socket, each on a connection of its own.
public record Http(Endpoint server) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE_MILLIS = 30_000;

    /// What came back.
    public record Answer(int status, String head, String body) {
        public JsonNode json() {
            return JSON.readTree(body);
        }

        public Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        public Answer is(int expected) {
            assertThat(status).as(head + body).isEqualTo(expected);
            if (expected >= 400) {
                assertThat(header("Content-Type")).contains("application/problem+json");
                assertThat(json().path("status").asInt()).isEqualTo(expected);
            }
            return this;
        }
    }

    /// Waits until the hub says of itself that it is `status`.
    public void awaitStatus(String status) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(get("/health/ready")
                                .is(200)
                                .json()
                                .get("status")
                                .asString())
                        .isEqualTo(status));
    }

    public Answer get(String target, String... fields) throws IOException {
        return ask("GET", target, "", fields);
    }

    public Answer post(String target, String json, String... fields) throws IOException {
        return ask("POST", target, json, fields);
    }

    /// Sends one request and reads its answer.
    ///
    /// @param fields `Name: value`; a `Host` among them replaces that of the server
    public Answer ask(String method, String target, String body, String... fields) throws IOException {
        byte[] payload = body.getBytes(UTF_8);
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
        boolean hasHost = false;
        boolean hasType = false;
        for (String field : fields) {
            request.append(field).append("\r\n");
            hasHost |= field.startsWith("Host:");
            hasType |= field.startsWith("Content-Type:");
        }
        if (!hasHost) request.append("Host: ").append(server).append("\r\n");
        if (!hasType && payload.length > 0) request.append("Content-Type: application/json\r\n");
        if (!method.equals("GET")) {
            request.append("Content-Length: ").append(payload.length).append("\r\n");
        }
        try (Socket socket = new Socket(server.host(), server.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write((request + "\r\n" + body).getBytes(UTF_8));
            return parse(socket.getInputStream());
        }
    }

    private static Answer parse(InputStream in) throws IOException {
        String all = new String(in.readAllBytes(), UTF_8);
        int end = all.indexOf("\r\n\r\n");
        assertThat(end).as(all).isPositive();
        return new Answer(Integer.parseInt(all.substring(9, 12)), all.substring(0, end), all.substring(end + 4));
    }
}
