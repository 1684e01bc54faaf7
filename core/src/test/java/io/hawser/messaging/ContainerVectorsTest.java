package io.hawser.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The published vectors, which container_peer.py goes through as well.
class ContainerVectorsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final ContainerLimits LIMITS = ContainerLimits.defaults();

    static Stream<JsonNode> containers() throws IOException {
        return vectors("containers");
    }

    static Stream<JsonNode> foreign() throws IOException {
        return vectors("foreign");
    }

    static Stream<JsonNode> refused() throws IOException {
        return vectors("refused");
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aContainerIsTheSameInBothEncodings(JsonNode vector) {
        Container fromCbor = Container.fromCbor(cbor(vector, "cbor"), LIMITS);
        Container fromJson = Container.fromJson(vector.get("json").toString(), LIMITS);
        assertThat(fromCbor).isEqualTo(fromJson);
        assertThat(fromJson.toCbor().toHex()).isEqualTo(vector.get("cbor").stringValue());
        assertThat(JSON.readTree(fromCbor.toJson())).isEqualTo(vector.get("json"));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void whatAnotherEncoderWritesBecomesOurs(JsonNode vector) {
        Container read = Container.fromCbor(cbor(vector, "cbor"), LIMITS);
        assertThat(read.toCbor().toHex()).isEqualTo(vector.get("becomes").stringValue());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNotAContainerIsRefused(JsonNode vector) {
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> Container.fromCbor(cbor(vector, "cbor"), LIMITS))
                .matches(error -> error.code() == 4004)
                .withMessageContaining(" at byte ");
    }

    private static Bytes cbor(JsonNode vector, String key) {
        return Bytes.ofHex(vector.get(key).stringValue());
    }

    private static Stream<JsonNode> vectors(String list) throws IOException {
        try (InputStream file = ContainerVectorsTest.class.getResourceAsStream("/container-vectors.json")) {
            List<JsonNode> vectors = JSON.readTree(file).get(list).valueStream().toList();
            assertThat(vectors).isNotEmpty();
            return vectors.stream();
        }
    }
}
