package io.hawser.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.messaging.Compression;
import io.hawser.messaging.Encryption;
import io.hawser.messaging.KeyRing;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Signing;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final Pipeline OWN = Pipeline.of(Compression.deflate(), Encryption.aes256Gcm(BoundPair.keys()));

    @Test
    void theOfferNamesVersionStagesAndKeyIdAndNothingSecret() {
        Map<String, Object> offer = offerOf(OWN);
        assertThat(offer).containsOnlyKeys("v", "nonce", "stages").containsEntry("v", 1L);
        assertThat(offer.get("nonce"))
                .isInstanceOfSatisfying(
                        Bytes.class, nonce -> assertThat(nonce.size()).isEqualTo(32));
        assertThat(offer.get("stages"))
                .isEqualTo(
                        List.of(Map.of("name", "deflate"), Map.of("name", "aes-256-gcm", "with", Map.of("kid", "k1"))));
    }

    @Test
    void eachConnectionHasANewNonce() {
        Set<Object> nonces = new HashSet<>();
        for (int i = 0; i < 1000; i++) nonces.add(offerOf(OWN).get("nonce"));
        assertThat(nonces).hasSize(1000);
    }

    @Test
    void aPipelineWithNothingToAgreeOnOffersNothingAndTakesAPeerWithNone() {
        Pipeline logging = Pipeline.of(BoundPair.QUIET);
        assertThat(PipelineHandshake.of(logging, Role.CLIENT).offer()).isEmpty();
        BoundPair pair = BoundPair.of(logging, Pipeline.of());
        assertThat(pair.toServer(Bytes.ofUtf8("x"))).isEqualTo(Bytes.ofUtf8("x"));
    }

    @Test
    void onlyOneSideMayLog() {
        Pipeline withLogging = Pipeline.of(
                BoundPair.QUIET, Compression.deflate(), BoundPair.QUIET, Encryption.aes256Gcm(BoundPair.keys()));
        BoundPair pair = BoundPair.of(withLogging, OWN);
        assertThat(pair.toServer(BoundPair.repetitive(500))).isEqualTo(BoundPair.repetitive(500));
        assertThat(pair.toClient(BoundPair.repetitive(500))).isEqualTo(BoundPair.repetitive(500));
    }

    @Test
    void otherStagesAnotherOrderOrNoneAreRefusedByName() {
        assertRefused(
                offerOf(Pipeline.of(Encryption.aes256Gcm(BoundPair.keys()))),
                "the peer has aes-256-gcm where this side has deflate, aes-256-gcm");
        assertRefused(
                offerOf(Pipeline.of(Encryption.aes256Gcm(BoundPair.keys()), Compression.deflate())),
                "the peer has aes-256-gcm, deflate where this side has deflate, aes-256-gcm");
        assertRefused(
                Map.of("v", 1, "nonce", BoundPair.random(1, 32), "stages", List.of()), "the peer has no stages where");
        assertThatThrownBy(() -> PipelineHandshake.of(OWN, Role.SERVER).bind(Optional.empty(), "c", 100))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("the peer has no stages where this side has deflate, aes-256-gcm");
        assertThatThrownBy(() ->
                        PipelineHandshake.of(Pipeline.of(), Role.SERVER).bind(Optional.of(offerOf(OWN)), "c", 100))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("the peer has deflate, aes-256-gcm where this side has no stages");
    }

    @Test
    void anotherVersionIsRefused() {
        assertRefused(changed("v", 2L), "version 2 where this side has 1");
        assertRefused(changed("v", null), "no version");
        assertRefused(changed("v", "1"), "no version");
    }

    @Test
    void aKeyIdThatIsNotInTheRingIsRefused() {
        KeyRing other = KeyRing.of("k9", BoundPair.secret(1));
        assertRefused(
                offerOf(Pipeline.of(Compression.deflate(), Encryption.aes256Gcm(other))),
                "stage aes-256-gcm: unknown key id");
        assertRefused(
                changed("stages", List.of(Map.of("name", "deflate"), Map.of("name", "aes-256-gcm"))),
                "stage aes-256-gcm: no key id");
    }

    @Test
    void parametersOfAStageWithoutAnyMustBeNone() {
        assertRefused(
                changed(
                        "stages",
                        List.of(
                                Map.of("name", "deflate", "with", Map.of("window", "9")),
                                Map.of("name", "aes-256-gcm"))),
                "stage deflate: its parameters differ");
    }

    @Test
    void anOfferThatDoesNotParseIsRefused() {
        assertRefused(changed("nonce", null), "the nonce is not 32 bytes");
        assertRefused(changed("nonce", BoundPair.random(1, 31)), "the nonce is not 32 bytes");
        assertRefused(changed("nonce", "x".repeat(32)), "the nonce is not 32 bytes");
        assertRefused(changed("stages", null), "no list");
        assertRefused(changed("stages", Map.of()), "no list");
        assertRefused(changed("stages", Collections.nCopies(17, Map.of("name", "x"))), "no list");
        for (Object bad : new Object[] {"x", Map.of(), Map.of("name", 1), Map.of("name", "X\n"), Map.of("name", "")}) {
            assertRefused(changed("stages", List.of(bad)), "a stage without a name");
        }
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 17; i++) many.put("p" + i, "");
        for (Object bad : new Object[] {
            "x", List.of(), many, Map.of("a", 1L), Map.of(1, "a"), Map.of("A", "a"), Map.of("a", "x".repeat(256))
        }) {
            assertRefused(
                    changed("stages", List.of(Map.of("name", "deflate", "with", bad))),
                    "stage deflate: its parameters do not parse");
        }
    }

    @Test
    void theClientChecksTheServersAnswerToo() {
        assertThatThrownBy(() -> PipelineHandshake.of(OWN, Role.CLIENT).bind(Optional.empty(), "c", 100))
                .isInstanceOf(ProtocolError.class);
    }

    /// Someone in between who makes each side believe that the other has its stages gains nothing by it.
    @Test
    void sidesThatWereMadeToBindOtherStagesDoNotUnderstandEachOther() {
        Pipeline signed = Pipeline.of(Compression.deflate(), Signing.hmacSha256(BoundPair.keys()));
        Pipeline other = Pipeline.of(Compression.lz4(), Signing.hmacSha256(BoundPair.keys()));
        PipelineHandshake client = PipelineHandshake.of(signed, Role.CLIENT);
        PipelineHandshake server = PipelineHandshake.of(other, Role.SERVER);
        Map<String, Object> toServer = new HashMap<>(client.offer().orElseThrow());
        Map<String, Object> toClient = new HashMap<>(server.offer().orElseThrow());
        Object stages = toServer.put("stages", toClient.get("stages"));
        toClient.put("stages", stages);
        BoundPipeline atClient = client.bind(Optional.of(toClient), "c", 1000);
        BoundPipeline atServer = server.bind(Optional.of(toServer), "c", 1000);
        Bytes wire = atClient.outbound(BoundPair.DATA, Bytes.ofUtf8("stored as it is by both"));
        assertThatThrownBy(() -> atServer.inbound(BoundPair.DATA, wire))
                .hasMessageContaining("pipeline stage hmac-sha256: does not authenticate");
    }

    private static Map<String, Object> offerOf(Pipeline pipeline) {
        return PipelineHandshake.of(pipeline, Role.CLIENT).offer().orElseThrow();
    }

    private static Map<String, Object> changed(String key, @Nullable Object value) {
        Map<String, Object> offer = new HashMap<>(offerOf(OWN));
        if (value == null) offer.remove(key);
        else offer.put(key, value);
        return offer;
    }

    private static void assertRefused(Map<String, ?> offer, String reason) {
        assertThatThrownBy(() -> PipelineHandshake.of(OWN, Role.SERVER).bind(Optional.of(offer), "c", 100))
                .isInstanceOfSatisfying(
                        ProtocolError.class, e -> assertThat(e.code()).isEqualTo(4004))
                .hasMessageStartingWith("pipeline: ")
                .hasMessageContaining(reason);
    }
}
