package io.hawser.config.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.DeadlineExceeded;
import io.hawser.config.NetworkConfig;
import io.hawser.http.ApiClient;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfiguredClientTest {
    @TempDir
    private Path folder;

    private NetworkConfig network(String text) throws IOException {
        return NetworkConfig.load(Files.writeString(folder.resolve("app.conf"), text));
    }

    @Test
    void aClientOfAnApiHasItsUrlAndTriesAsOftenAsTheFileSays() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> {
            boolean isLast = asked.incrementAndGet() == 4;
            return isLast ? Response.text(request.rawPath()) : Response.of(503);
        })) {
            NetworkConfig network = network("network { http.retry_attempts = 4, api_clients.shop.base_url = \"http://"
                    + server.endpoint() + "/v1\" }");
            try (ApiClient shop = network.apiClient("shop")) {
                assertThat(shop.get("/items").text()).isEqualTo("/v1/items");
            }
            assertThat(asked).hasValue(4);
            assertThatThrownBy(() -> network.apiClient("shops"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no API client shops; there are [shop]");
        }
    }

    @Test
    void aCallTakesNoLongerThanTheFileSays() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        try (HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> {
                    done.await();
                    return Response.ok();
                });
                HttpClient client =
                        network("network.http.timeout = 200ms").http().open()) {
            assertThatThrownBy(() ->
                            client.get("http://" + server.endpoint() + "/").text())
                    .isInstanceOf(DeadlineExceeded.class);
            done.countDown();
        }
    }
}
