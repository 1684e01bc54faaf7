package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.io.ExecutionMode;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class BodyLimitTest {
    private static final HttpHandler HANDLER = request -> Response.noContent();

    private static OptionalLong of(HttpHandler handler, String target) {
        return handler.maxBodyBytes(Request.post(target, Body.empty()));
    }

    @Test
    void itIsSeenFromOutsideWhateverStandsAroundIt() {
        HttpHandler limited = HANDLER.with(new BodyLimit(10));
        Router shop = Router.builder()
                .post("/up", limited.in(ExecutionMode.EVENT_LOOP))
                .post("/up/{id}", limited.with((request, next) -> next.handle(request)))
                .post("/plain", HANDLER)
                .build();
        Router routes = Router.builder().mount("/shop", shop).build();

        assertThat(of(shop, "/up")).hasValue(10);
        assertThat(of(shop, "/up/7")).hasValue(10);
        assertThat(of(routes, "/shop/up/7")).hasValue(10);
        assertThat(of(routes, "/shop/plain")).isEmpty();
        assertThat(of(routes, "/nowhere")).isEmpty();
    }

    @Test
    void ofSeveralTheLeastCounts() {
        assertThat(of(HANDLER.with(new BodyLimit(10), new BodyLimit(5)), "/")).hasValue(5);
        assertThat(of(HANDLER.with(new BodyLimit(5), new BodyLimit(10)), "/")).hasValue(5);
    }
}
