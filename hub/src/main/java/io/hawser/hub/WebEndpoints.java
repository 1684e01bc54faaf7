package io.hawser.hub;

import io.hawser.cluster.BackplaneStatus;
import io.hawser.http.HttpHandler;
import io.hawser.http.RequestIds;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.http.Status;
import io.hawser.hub.access.Guard;
import io.hawser.hub.access.Login;
import io.hawser.hub.dashboard.DashboardPage;
import io.hawser.hub.log.LogLevels;
import io.hawser.hub.log.RequestLogContext;
import io.hawser.hub.rest.NodeChoice;
import io.hawser.io.ExecutionMode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What the hub answers over HTTP.
///
/// @param obstacle why nobody should come now: `starting`, `draining` or `shedding`; empty if all may
/// @param broker whether the other nodes can be reached
/// @param guard who may come in
/// @param gateway the services behind the hub
/// @param alerting the rules and how they are
/// @param nodes which of them is asked
record WebEndpoints(
        Supplier<Optional<String>> obstacle,
        Supplier<BackplaneStatus> broker,
        Guard guard,
        HubMetrics metrics,
        Gateway gateway,
        Supplier<Map<String, Object>> alerting,
        NodeChoice nodes) {
    private static final Response UP = Response.json(Map.of("status", "up"));

    /// All of them.
    ///
    /// @param mode of what does not wait
    /// @param api for administrators
    /// @param events of topics, for users
    HttpHandler of(ExecutionMode mode, HttpHandler api, HttpHandler events) {
        HttpHandler page = DashboardPage.create();
        HttpHandler alerts = request -> Response.json(alerting.get());
        HttpHandler upstreams = request -> gateway.describe();
        HttpHandler levels = LogLevels::read;
        nodes.answerWith(Router.builder()
                .get("/api/v1/alerts", alerts)
                .get("/api/v1/upstreams", upstreams)
                .get("/api/v1/log", levels)
                .mount("/api/v1", api)
                .build());
        return Router.builder()
                .each(metrics.http()::route)
                .get("/plaintext", in(mode, request -> Response.text("Hello, World!")))
                .get("/json", in(mode, request -> Response.json(Map.of("message", "Hello, World!"))))
                .post("/echo", in(mode, request -> Response.ok(request.body())))
                .get("/health/live", in(mode, request -> UP))
                .get("/health/ready", in(mode, request -> ready()))
                .get("/metrics", guarded(metrics.endpoint()))
                .get("/", page)
                .get("/assets/{path...}", page)
                .get("/api/v1/alerts", administered(alerts))
                .get("/api/v1/upstreams", administered(upstreams))
                .delete("/api/v1/cache", administered(gateway::purge))
                .get("/api/v1/log", administered(levels))
                .put("/api/v1/log", administered(LogLevels::change))
                .mount("/api/v1", administered(api))
                .get("/events", identified(events.with(guard.user())).in(ExecutionMode.VIRTUAL))
                .post("/login", identified(new Login(guard)).in(ExecutionMode.VIRTUAL))
                .build();
    }

    /// For administrators, of whom another node may be meant.
    private HttpHandler administered(HttpHandler handler) {
        return guarded(handler.with(nodes));
    }

    private HttpHandler guarded(HttpHandler handler) {
        return identified(handler.with(guard.admin()));
    }

    /// With an id that its answer carries, and whatever is logged meanwhile.
    private static HttpHandler identified(HttpHandler handler) {
        return handler.with(RequestIds.defaults(), new RequestLogContext());
    }

    private static HttpHandler in(ExecutionMode mode, HttpHandler handler) {
        return handler.in(mode);
    }

    private Response ready() {
        Optional<String> why = obstacle.get();
        if (why.isPresent()) return Response.json(Status.SERVICE_UNAVAILABLE, Map.of("status", why.get()));
        BackplaneStatus status = broker.get();
        return status.isConnected() ? UP : Response.json(Map.of("status", "degraded", "reason", status.detail()));
    }
}
