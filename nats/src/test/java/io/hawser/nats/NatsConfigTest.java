package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NatsConfigTest {
    @Test
    void itShowsNoSecret() {
        Bytes key = Bytes.ofUtf8("0123456789abcdef");
        NatsConfig config = NatsConfig.of(key, "tls://me:secret@broker:4222", "nats://other:4222");
        assertThat(config)
                .hasToString("NatsConfig[hawser at tls://broker:4222, nats://other:4222, replicas 1, on disk, "
                        + "1073741824 bytes]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"opentls://broker:4222", "OPENTLS://me:secret@broker"})
    void tlsWithoutALookAtTheCertificateIsRefused(String server) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NatsConfig.of("tls://other:4222", server))
                .withMessageContaining("opentls")
                .withMessageNotContaining("secret");
    }
}
