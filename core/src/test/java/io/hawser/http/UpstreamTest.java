package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ConnectFailed;
import io.hawser.Endpoint;
import io.hawser.Rejected;
import io.hawser.policy.EndpointStats;
import io.hawser.policy.HealthConfig;
import io.hawser.policy.WeightedEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class UpstreamTest {
    private static final Endpoint ONE = Endpoint.of("10.0.0.1", 80);
    private static final Endpoint TWO = Endpoint.of("10.0.0.2", 80);
    private static final List<WeightedEndpoint> BOTH = WeightedEndpoint.equally(List.of(ONE, TWO));

    private final Set<String> down = ConcurrentHashMap.newKeySet();

    private Response answer(Request request) {
        if (down.contains(request.authority())) throw new ConnectFailed(request.authority(), null);
        return Response.text(request.authority() + request.rawPath());
    }

    private static String ask(Upstream upstream) throws Exception {
        return upstream.handle(Request.get("http://shop/cart")).body().text();
    }

    @Test
    void aCallGoesToAnEndpointThatAnswers() throws Exception {
        try (Upstream upstream = Upstream.over(this::answer, BOTH, UpstreamConfig.named("shop"))) {
            down.add(ONE.toString());
            for (int i = 0; i < 20; i++) assertThat(ask(upstream)).isEqualTo(TWO + "/cart");
            down.add(TWO.toString());
            assertThatThrownBy(() -> ask(upstream)).isInstanceOfAny(ConnectFailed.class, Rejected.class);
            upstream.update(WeightedEndpoint.equally(List.of(Endpoint.of("10.0.0.3", 80))));
            assertThat(ask(upstream)).isEqualTo("10.0.0.3:80/cart");
        }
    }

    @Test
    void whatTheClientRefusesForOneEndpointGoesToTheNextAtOnce() throws Exception {
        List<String> asked = new ArrayList<>();
        HttpHandler full = request -> {
            asked.add(request.authority());
            if (asked.size() < 3) throw new Rejected("its pool is full", Duration.ofDays(1));
            return Response.ok();
        };
        try (Upstream upstream = Upstream.over(full, BOTH, UpstreamConfig.named("shop"))) {
            assertThatThrownBy(() -> ask(upstream))
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            refused -> assertThat(refused.retryAfter()).contains(Duration.ofDays(1)));
            assertThat(asked).containsExactlyInAnyOrder(ONE.toString(), TWO.toString());
            assertThat(upstream.stats()).noneMatch(EndpointStats::ejected);
        }
    }

    @Test
    void theSchemeIsThatOfTheConfiguration() throws Exception {
        HttpHandler client = request -> Response.text(request.target());
        List<WeightedEndpoint> one = WeightedEndpoint.equally(List.of(ONE));
        try (Upstream plain = Upstream.over(client, one, UpstreamConfig.named("shop"));
                Upstream secure =
                        Upstream.over(client, one, UpstreamConfig.named("shop").withTls(true))) {
            assertThat(plain.handle(Request.get("https://shop/a?b")).body().text())
                    .isEqualTo("http://10.0.0.1:80/a?b");
            assertThat(secure.handle(Request.get("/a")).body().text()).isEqualTo("https://10.0.0.1:80/a");
        }
    }

    @Test
    void healthChecksTakeAnEndpointOutAndBringItBack() throws Exception {
        HealthConfig often =
                HealthConfig.defaults().withInterval(Duration.ofMillis(10)).withCounts(1, 1);
        HttpHandler client = request -> {
            boolean ill = request.rawPath().equals("/health") && down.contains(request.authority());
            return ill ? Response.of(503) : Response.text(request.authority());
        };
        UpstreamConfig config = UpstreamConfig.named("shop").withHealth("/health", often);
        try (Upstream upstream = Upstream.over(client, BOTH, config)) {
            down.add(TWO.toString());
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> healthy(upstream) == 1);
            for (int i = 0; i < 20; i++) assertThat(ask(upstream)).isEqualTo(ONE.toString());
            down.clear();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> healthy(upstream) == 2);
        }
    }

    private static long healthy(Upstream upstream) {
        return upstream.stats().stream().filter(EndpointStats::healthy).count();
    }
}
