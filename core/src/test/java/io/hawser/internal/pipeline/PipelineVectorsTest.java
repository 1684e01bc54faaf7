package io.hawser.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.messaging.Direction;
import io.hawser.messaging.KeyRing;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Stage;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The committed vectors: what is sent and received today is what was published.
class PipelineVectorsTest {
    private static final Set<String> COMPRESSION = Set.of("deflate", "zstd", "lz4");

    static Stream<Named<JsonNode>> pipelines() throws Exception {
        try (InputStream json = PipelineVectorsTest.class.getResourceAsStream("/pipeline-vectors.json")) {
            JsonNode pipelines = new ObjectMapper()
                    .readTree(Objects.requireNonNull(json).readAllBytes())
                    .get("pipelines");
            return pipelines
                    .valueStream()
                    .map(each -> Named.of(
                            names(each) + " " + each.get("direction").asString() + " from " + firstSequence(each),
                            each))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void theWireFormIsReadAsThePlainOne(JsonNode vector) {
        Role receiver = sender(vector) == Role.CLIENT ? Role.SERVER : Role.CLIENT;
        BoundPipeline bound =
                PipelineVectors.bind(pipeline(vector, PipelineVectors.keys()), receiver, firstSequence(vector));
        for (JsonNode message : vector.get("messages")) {
            assertThat(bound.inbound(BoundPair.DATA, hex(message, "wire"))).isEqualTo(hex(message, "plain"));
        }
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void thePlainFormIsSentAsTheWireForm(JsonNode vector) {
        KeyRing keys = PipelineVectors.keys();
        BoundPipeline bound = PipelineVectors.bind(pipeline(vector, keys), sender(vector), firstSequence(vector));
        boolean compresses = names(vector).stream().anyMatch(COMPRESSION::contains);
        for (JsonNode message : vector.get("messages")) {
            Bytes wire = bound.outbound(BoundPair.DATA, hex(message, "plain"));
            // What a library compresses to may change with its version, what is too small for it does not.
            if (!compresses || hex(message, "plain").size() < 256) {
                assertThat(wire).isEqualTo(hex(message, "wire"));
            }
            keys.rotateTo(PipelineVectors.SECOND_KEY);
        }
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void eachKeyIsDerivedAsWritten(JsonNode vector) {
        Direction direction = sender(vector).sends();
        for (JsonNode message : vector.get("messages")) {
            int position = 0;
            for (JsonNode step : message.get("steps")) {
                if (!COMPRESSION.contains(step.get("stage").asString())) {
                    String keyId = step.get("key").asString();
                    PipelineVectors.key(
                                    names(vector),
                                    position,
                                    direction,
                                    message.get("sequence").asLong(),
                                    keyId)
                            .forEach((name, value) -> assertThat(step.get(name).asString())
                                    .as(name)
                                    .isEqualTo(value));
                }
                position++;
            }
        }
    }

    private static Pipeline pipeline(JsonNode vector, KeyRing keys) {
        return Pipeline.of(names(vector).stream()
                .map(name -> PipelineVectors.stage(name, keys))
                .toArray(Stage[]::new));
    }

    private static List<String> names(JsonNode vector) {
        return vector.get("stages").valueStream().map(JsonNode::asString).toList();
    }

    private static Role sender(JsonNode vector) {
        return vector.get("direction").asString().equals("CLIENT_TO_SERVER") ? Role.CLIENT : Role.SERVER;
    }

    private static long firstSequence(JsonNode vector) {
        return vector.get("messages").get(0).get("sequence").asLong();
    }

    private static Bytes hex(JsonNode node, String name) {
        return Bytes.ofHex(node.get(name).asString());
    }
}
