package io.hawser.hub;

import io.hawser.cluster.BackplaneStatus;
import io.hawser.http.HttpHandler;
import io.hawser.hub.access.Guard;
import io.hawser.hub.access.Login;
import io.hawser.io.ExecutionMode;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.http.Status;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What the hub answers over HTTP.
final class WebEndpoints {
    private WebEndpoints() {}

    /// @param mode of what does not wait
    /// @param isServing false once a drain has begun
    /// @param broker whether the other nodes can be reached
    /// @param api for administrators
    /// @param events of topics, for users
    static HttpHandler of(
            ExecutionMode mode,
            BooleanSupplier isServing,
            Supplier<BackplaneStatus> broker,
            Guard guard,
            HttpHandler api,
            HttpHandler events) {
        return Router.builder()
                .get("/plaintext", in(mode, request -> Response.text("Hello, World!")))
                .get("/json", in(mode, request -> Response.json(Map.of("message", "Hello, World!"))))
                .post("/echo", in(mode, request -> Response.ok(request.body())))
                .get("/health/live", in(mode, request -> Response.json(Map.of("status", "up"))))
                .get("/health/ready", in(mode, request -> ready(isServing.getAsBoolean(), broker.get())))
                .mount("/api/v1", api.with(guard.admin()))
                .get("/events", events.with(guard.user()).in(ExecutionMode.VIRTUAL))
                .post("/login", new Login(guard).in(ExecutionMode.VIRTUAL))
                .build();
    }

    private static HttpHandler in(ExecutionMode mode, HttpHandler handler) {
        return handler.in(mode);
    }

    private static Response ready(boolean isServing, BackplaneStatus broker) {
        if (!isServing) return Response.json(Status.SERVICE_UNAVAILABLE, Map.of("status", "draining"));
        if (broker.isConnected()) return Response.json(Map.of("status", "up"));
        return Response.json(Map.of("status", "degraded", "reason", broker.detail()));
    }
}
