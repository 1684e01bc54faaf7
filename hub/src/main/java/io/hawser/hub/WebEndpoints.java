package io.hawser.hub;

import io.hawser.cluster.BackplaneStatus;
import io.hawser.http.HttpHandler;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.http.Status;
import io.hawser.io.ExecutionMode;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What the hub answers over HTTP. All but the figures is answered without waiting, so it runs in any mode.
///
/// @param isServing false once a drain has begun
/// @param broker whether the other nodes can be reached
record WebEndpoints(BooleanSupplier isServing, Supplier<BackplaneStatus> broker, HubMetrics metrics) {
    private static final Response HELLO = Response.text("Hello, World!");
    private static final Response UP = Response.json(Map.of("status", "up"));

    HttpHandler in(ExecutionMode mode) {
        HttpHandler hello = request -> HELLO;
        HttpHandler json = request -> Response.json(Map.of("message", "Hello, World!"));
        HttpHandler echo = request -> Response.ok(request.body());
        HttpHandler live = request -> UP;
        HttpHandler ready = request -> ready();
        return Router.builder()
                .each(metrics.http()::route)
                .get("/plaintext", hello.in(mode))
                .get("/json", json.in(mode))
                .post("/echo", echo.in(mode))
                .get("/health/live", live.in(mode))
                .get("/health/ready", ready.in(mode))
                .get("/metrics", metrics.endpoint())
                .build();
    }

    private Response ready() {
        if (!isServing.getAsBoolean()) {
            return Response.json(Status.SERVICE_UNAVAILABLE, Map.of("status", "draining"));
        }
        BackplaneStatus status = broker.get();
        return status.isConnected()
                ? UP
                : Response.json(Map.of("status", "degraded", "reason", status.detail()));
    }
}
