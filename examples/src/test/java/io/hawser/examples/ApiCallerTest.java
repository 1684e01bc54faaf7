package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.tcp.ListenConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ApiCallerTest {
    @Test
    void theCallerReadsEveryPageThoughTheApiFails() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (HttpServer server =
                HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), ApiCaller.api())) {
            ApiCaller.run(
                    new PrintStream(out, true, StandardCharsets.UTF_8), "http://" + server.endpoint() + "/v1");
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly(
                "Ada",
                "round 1: Ada",
                "round 1: Alan",
                "round 1: Grace",
                "round 2: Ada",
                "round 2: Alan",
                "round 2: Grace",
                "2 answers from the cache");
    }
}
