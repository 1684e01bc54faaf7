package io.hawser.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.ApiClientConfig;
import io.hawser.policy.RateLimit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiClientSettingsTest {
    @Test
    void aSectionOfTheFileBecomesTheConfigurationOfAClient(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("app.conf"), """
                network.http.retry_attempts = 4
                network.api_clients {
                  openai { base_url = "https://api.openai.com", rate_limit = 60, timeout = 60s }
                  shop { base_url = "http://shop.example/v1" }
                }
                """);
        NetworkConfig network = NetworkConfig.load(file);
        ApiClientConfig openai = config(network, "openai");
        assertThat(openai.name()).isEqualTo("openai");
        assertThat(openai.baseUrl()).isEqualTo("https://api.openai.com");
        assertThat(openai.rateLimit()).contains(RateLimit.perWindow(60, Duration.ofMinutes(1)));
        assertThat(openai.timeout()).isEqualTo(Duration.ofMinutes(1));
        ApiClientConfig shop = config(network, "shop");
        assertThat(openai.retry().attempts()).isEqualTo(4);
        assertThat(shop.rateLimit()).isEmpty();
        assertThat(shop.timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    private static ApiClientConfig config(NetworkConfig network, String name) {
        return Objects.requireNonNull(network.apiClients().get(name)).toConfig(name, network.http());
    }
}
