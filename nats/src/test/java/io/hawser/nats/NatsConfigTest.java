package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import org.junit.jupiter.api.Test;

final class NatsConfigTest {
    @Test
    void itShowsNoSecret() {
        Bytes key = Bytes.ofUtf8("0123456789abcdef");
        NatsConfig config = NatsConfig.of(key, "tls://me:secret@broker:4222", "nats://other:4222");
        assertThat(config)
                .hasToString("NatsConfig[hawser at tls://broker:4222, nats://other:4222, replicas 1, on disk, "
                        + "1073741824 bytes]");
    }
}
