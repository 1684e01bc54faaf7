package io.hawser.conformance.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.conformance.v1.Client;
import io.hawser.conformance.v1.Wire;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.AuthConfig;
import io.hawser.hub.access.AuthHook;
import io.hawser.hub.access.Identity;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// A hook of one's own says who somebody is.
@Timeout(120)
final class HookTest {
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    /// Another service would be asked.
    private final AuthHook hook = (token, remote) -> CompletableFuture.supplyAsync(
            () -> known.contains(token) ? Optional.of(Identity.of(token)) : Optional.empty());

    private Hub hub() {
        return Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withAccess(AccessConfig.defaults().withAuth(AuthConfig.none().withHook(hook))));
    }

    private static void isRefused(Hub hub, Wire wire, Map<String, Object> hello) throws IOException {
        try (Client client = wire.connect(hub.endpoint())) {
            client.say(Map.of("id", 1, "hello", hello));
            client.expectGoodbye(4010);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whomItKnowsIsLetInAndAskedAboutAgainWhenTheyComeBack(Wire wire) throws IOException {
        known.add("ann");
        Map<String, Object> auth = Map.of("bearer", "ann");
        try (Hub hub = hub();
                Client subscriber = wire.connect(hub.endpoint())) {
            String token;
            try (Client ann = wire.connect(hub.endpoint())) {
                JsonNode welcome = ann.hello(Map.of("auth", auth));
                token = welcome.path("resume").asString();
                subscriber.hello(Map.of("auth", auth));
                subscriber.subscribe("t");
                ann.publish("t", 1);
                assertThat(subscriber
                                .read()
                                .path("pub")
                                .path("from")
                                .path("user")
                                .asString())
                        .isEqualTo("ann");
            }
            isRefused(hub, wire, Map.of("auth", Map.of("bearer", "bob")));
            isRefused(hub, wire, Map.of());
            known.remove("ann");
            isRefused(hub, wire, Map.of("auth", auth, "resume", token));
            known.add("ann");
            try (Client back = wire.connect(hub.endpoint())) {
                JsonNode welcome = back.hello(Map.of("auth", auth, "resume", token));
                assertThat(welcome.path("resumed").asBoolean()).isTrue();
            }
        }
    }
}
