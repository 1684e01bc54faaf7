package io.hawser.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ProtocolError;
import io.hawser.Rejected;
import io.hawser.http.Body;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.io.ExecutionMode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

final class HttpMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Router router = Router.builder()
            .each(HttpMetrics.of(registry)::route)
            .get("/users/{id}", request -> Response.text("user"))
            .any("/fails", request -> {
                throw new IllegalStateException("no");
            })
            .get("/refuses", request -> {
                throw new Rejected("full", null);
            })
            .post("/refuses", request -> {
                throw new ProtocolError(422, "no name", "the form");
            })
            .build();

    private long count(String... tags) {
        return registry.get("hawser.http.requests").tags(tags).timer().count();
    }

    @Test
    void requestsAreCountedByRouteAndNotByPath() throws Exception {
        for (int id = 0; id < 5; id++) router.handle(Request.of(Method.GET, "/users/" + id));
        assertThat(count("route", "/users/{id}", "method", "GET", "status", "200"))
                .isEqualTo(5);
        assertThat(registry.find("hawser.http.requests").timers()).hasSize(1);
        assertThat(router.mode(Request.of(Method.GET, "/users/1"))).isEqualTo(ExecutionMode.VIRTUAL);
    }

    @Test
    void whatAHandlerThrowsIsAFiveHundredAndGoesOn() {
        assertThatThrownBy(() -> router.handle(Request.of(Method.POST, "/fails")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(count("route", "/fails", "method", "POST", "status", "500")).isEqualTo(1);
    }

    @Test
    void whatAHandlerThrowsCountsAsTheClientIsToldOfIt() {
        assertThatThrownBy(() -> router.handle(Request.get("/refuses"))).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> router.handle(Request.post("/refuses", Body.empty())))
                .isInstanceOf(ProtocolError.class);
        assertThat(count("route", "/refuses", "method", "GET", "status", "503")).isEqualTo(1);
        assertThat(count("route", "/refuses", "method", "POST", "status", "422"))
                .isEqualTo(1);
    }

    @Test
    void methodsThatNobodyKnowsAreOne() {
        for (int i = 0; i < 10; i++) {
            Request request = Request.of(Method.of("M" + i), "/fails");
            assertThatThrownBy(() -> router.handle(request)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(count("method", "other")).isEqualTo(10);
        assertThat(registry.find("hawser.http.requests").timers()).hasSize(1);
    }
}
