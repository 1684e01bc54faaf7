package io.hawser.hub;

import io.hawser.cluster.BackplaneStatus;
import io.hawser.http.HttpHandler;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.http.Status;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What the hub answers over HTTP: none of it waits, so it runs in any mode.
final class WebEndpoints {
    private WebEndpoints() {}

    /// @param isServing false once a drain has begun
    /// @param broker whether the other nodes can be reached
    static HttpHandler of(BooleanSupplier isServing, Supplier<BackplaneStatus> broker) {
        return Router.builder()
                .get("/plaintext", request -> Response.text("Hello, World!"))
                .get("/json", request -> Response.json(Map.of("message", "Hello, World!")))
                .post("/echo", request -> Response.ok(request.body()))
                .get("/health/live", request -> Response.json(Map.of("status", "up")))
                .get("/health/ready", request -> ready(isServing.getAsBoolean(), broker.get()))
                .build();
    }

    private static Response ready(boolean isServing, BackplaneStatus broker) {
        if (!isServing) return Response.json(Status.SERVICE_UNAVAILABLE, Map.of("status", "draining"));
        if (broker.isConnected()) return Response.json(Map.of("status", "up"));
        return Response.json(Map.of("status", "degraded", "reason", broker.detail()));
    }
}
