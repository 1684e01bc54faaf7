package io.hawser.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpPoolConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HttpClientSettingsTest {
    private static HttpPoolConfig pool(int maxConnections) {
        return new HttpClientSettings(Duration.ofSeconds(1), maxConnections, 1, 0)
                .applyTo(HttpClientConfig.defaults())
                .pool();
    }

    @Test
    void thereMayBeAsManyInAllAsToOneOrigin() {
        assertThat(pool(2000).maxPerOrigin()).isEqualTo(2000);
        assertThat(pool(2000).maxTotal()).isEqualTo(2000);
        assertThat(pool(10).maxTotal()).isEqualTo(HttpPoolConfig.defaults().maxTotal());
    }
}
