package io.hawser.conformance.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.conformance.v1.Client;
import io.hawser.conformance.v1.Wire;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.Action;
import io.hawser.hub.access.AuthConfig;
import io.hawser.hub.access.Grant;
import io.hawser.hub.access.Identity;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Challenges, a hook, and what users may do then.
@ParameterizedClass
@EnumSource
@Timeout(120)
final class PermissionsTest {
    private static final Bytes SECRET = Bytes.ofUtf8("ann's secret, which is long");

    @Parameter
    private Wire wire = Wire.MSGI;

    private Hub hub;

    @BeforeEach
    void start() {
        AuthConfig auth = AuthConfig.none()
                .withSecrets(Map.of("ann", SECRET, "mute", SECRET))
                .withHook((token, remote) -> CompletableFuture.supplyAsync(() ->
                        token.startsWith("user ") ? Optional.of(Identity.of(token.substring(5))) : Optional.empty()))
                .withGrants(
                        new Grant(
                                Set.of("ann", "bob"),
                                EnumSet.of(Action.SUBSCRIBE, Action.PUBLISH, Action.WHO),
                                List.of("room.>", "user.{user}.*")),
                        new Grant(Set.of("ann"), EnumSet.of(Action.SEND, Action.HISTORY), List.of("room.1")),
                        new Grant(Set.of("root"), EnumSet.allOf(Action.class), List.of(">")));
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withAccess(AccessConfig.defaults().withAuth(auth)));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private static byte[] proof(Bytes secret, String nonce, String user) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.toArray(), "HmacSHA256"));
        return mac.doFinal(("hawser.v1\0" + nonce + "\0" + user).getBytes(UTF_8));
    }

    private static String challenge(Client client, String user) throws IOException {
        JsonNode challenge = client.ask(Map.of("id", 1, "hello", Map.of("auth", Map.of("user", user))));
        assertThat(challenge.has("id")).isFalse();
        return challenge.path("challenge").path("nonce").asString();
    }

    private Client user(String name) throws IOException {
        Client client = wire.connect(hub.endpoint());
        client.hello(Map.of("auth", Map.of("bearer", "user " + name)));
        return client;
    }

    private static int err(JsonNode answer) {
        return answer.path("err").path("code").asInt();
    }

    private static int err(Client client, String what, Map<String, ?> body) throws IOException {
        return err(client.ask(Map.of("id", 5, what, body)));
    }

    @Test
    void whoAnswersTheChallengeIsLetIn() throws Exception {
        try (Client client = wire.connect(hub.endpoint())) {
            String nonce = challenge(client, "ann");
            client.say(Map.of("id", 8, "auth", Map.of("user", "ann", "proof", proof(SECRET, nonce, "ann"))));
            assertThat(client.read().toString()).isEqualTo("{\"id\":8,\"ok\":{}}");
            assertThat(client.read().path("welcome").path("resumed").asBoolean(true))
                    .isFalse();
            assertThat(client.subscribe("user.ann.inbox").path("topic").asString())
                    .isEqualTo("user.ann.inbox");
        }
    }

    @Test
    void beforeTheProofLittleIsHeld() throws IOException {
        try (Client client = wire.connect(hub.endpoint())) {
            var _ = challenge(client, "ann");
            String large = "x".repeat(40_000);
            for (int i = 0; i < 2; i++) client.say(Map.of("id", 8, "pub", Map.of("topic", "room.1", "d", large)));
            assertThat(client.awaitGoodbye()).isEqualTo(4502);
        }
    }

    @Test
    void aWrongProofIs4010AndANonceIsGoodOnce() throws Exception {
        String old;
        try (Client client = wire.connect(hub.endpoint())) {
            old = challenge(client, "ann");
            client.say(Map.of("id", 8, "auth", Map.of("proof", proof(Bytes.ofUtf8("a guess"), old, "ann"))));
            client.expectGoodbye(4010);
        }
        try (Client client = wire.connect(hub.endpoint())) {
            assertThat(challenge(client, "ann")).isNotEqualTo(old);
            client.say(Map.of("id", 8, "auth", Map.of("proof", proof(SECRET, old, "ann"))));
            client.expectGoodbye(4010);
        }
        try (Client client = wire.connect(hub.endpoint())) {
            String nonce = challenge(client, "nobody");
            client.say(Map.of("id", 8, "auth", Map.of("proof", proof(SECRET, nonce, "nobody"))));
            client.expectGoodbye(4010);
        }
    }

    @Test
    void whoMayDoNothingIs4011() throws Exception {
        try (Client client = wire.connect(hub.endpoint())) {
            client.say(Map.of("id", 1, "hello", Map.of("auth", Map.of("bearer", "user stranger"))));
            client.expectGoodbye(4011);
        }
        try (Client client = wire.connect(hub.endpoint())) {
            client.say(Map.of("id", 1, "hello", Map.of("auth", Map.of("bearer", "nonsense"))));
            client.expectGoodbye(4010);
        }
    }

    @Test
    void eachActionIsForTheTopicsThatAreGranted() throws Exception {
        try (Client bob = user("bob");
                Client ann = user("ann")) {
            assertThat(bob.subscribe("room.7").path("topic").asString()).isEqualTo("room.7");
            assertThat(bob.subscribe("room.>").path("topic").asString()).isEqualTo("room.>");
            assertThat(err(bob, "sub", Map.of("topic", ">"))).isEqualTo(403);
            assertThat(err(bob, "sub", Map.of("topic", "*.7"))).isEqualTo(403);
            assertThat(err(bob, "sub", Map.of("topic", "room"))).isEqualTo(403);
            assertThat(err(bob, "sub", Map.of("topic", "user.ann.inbox"))).isEqualTo(403);
            assertThat(err(bob, "sub", Map.of("topic", "user.bob.inbox"))).isZero();
            assertThat(err(bob, "pub", Map.of("topic", "other", "d", 1))).isEqualTo(403);
            assertThat(err(bob, "pub", Map.of("topic", "user.bob.out", "d", 1))).isZero();
            assertThat(err(bob, "who", Map.of("topic", "other"))).isEqualTo(403);
            assertThat(err(bob, "who", Map.of("topic", "room.7"))).isZero();
            assertThat(err(bob, "send", Map.of("to", "x", "d", 1))).isEqualTo(403);
            assertThat(err(bob, "bcast", Map.of("d", 1))).isEqualTo(403);
            assertThat(err(ann, "send", Map.of("to", "x", "d", 1))).isEqualTo(404);
        }
    }

    @Test
    void aPositionNeedsTheHistory() throws Exception {
        try (Client bob = user("bob");
                Client ann = user("ann")) {
            Map<String, ?> at = Wire.position(ann.subscribe("room.1"));
            assertThat(err(ann, "sub", Map.of("topic", "room.1", "pos", at))).isZero();
            assertThat(err(bob, "sub", Map.of("topic", "room.1", "pos", at))).isEqualTo(403);
        }
    }
}
