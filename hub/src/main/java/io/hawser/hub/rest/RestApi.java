package io.hawser.hub.rest;

import io.hawser.HawserException;
import io.hawser.ProtocolError;
import io.hawser.TimeSource;
import io.hawser.cluster.Backplane;
import io.hawser.http.HttpHandler;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.http.Status;
import io.hawser.hub.dashboard.TopicCounts;
import io.hawser.hub.v1.Delivery;
import io.hawser.hub.v1.MessageLimit;
import io.hawser.hub.v1.Peers;
import io.hawser.io.ExecutionMode;
import io.hawser.session.Sessions;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// What administrators do with the hub over HTTP, below `/api/v1`.
///
/// Errors: `application/problem+json`, without what is the hub's own business.
///
/// Source: docs/PROTOCOL.md, section 9
public final class RestApi {
    private RestApi() {}

    /// Everything below `/api/v1`.
    ///
    /// @param sessions of every protocol
    /// @param stats the figures of the hub
    /// @param counts of messages by topic
    /// @param limit of messages
    public static HttpHandler of(
            Backplane backplane,
            Peers peers,
            Delivery delivery,
            Supplier<Sessions> sessions,
            Supplier<Map<String, Object>> stats,
            TopicCounts counts,
            MessageLimit limit) {
        Bodies bodies = new Bodies(limit);
        TopicRoutes topics = new TopicRoutes(backplane, counts, new IdempotencyKeys(TimeSource.system()), bodies);
        SessionRoutes peersRoutes = new SessionRoutes(peers, delivery, sessions, bodies);
        return Router.builder()
                .get("/topics", topics::list)
                .get("/topics/{topic}", topics::history)
                .post("/topics/{topic}", topics::publish)
                .get("/sessions", peersRoutes::list)
                .get("/sessions/{id}", peersRoutes::one)
                .post("/sessions/{id}", peersRoutes::send)
                .delete("/sessions/{id}", peersRoutes::disconnect)
                .post("/broadcast", peersRoutes::broadcast)
                .get("/stats", request -> Response.json(stats.get()))
                .build()
                .with(RestApi::explain)
                .in(ExecutionMode.VIRTUAL);
    }

    private static Response explain(Request request, HttpHandler next) throws Exception {
        try {
            return next.handle(request);
        } catch (IllegalArgumentException bad) {
            return bad(bad);
        } catch (CompletionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            if (cause instanceof IllegalArgumentException bad) return bad(bad);
            return Problem.of(cause).response();
        } catch (HawserException malformed) {
            return malformed instanceof ProtocolError error && error.code() >= 4000
                    ? Problem.of(Status.BAD_REQUEST, String.valueOf(error.getMessage()))
                            .response()
                    : Problem.of(malformed).response();
        }
    }

    private static Response bad(IllegalArgumentException bad) {
        return Problem.of(Status.BAD_REQUEST, String.valueOf(bad.getMessage())).response();
    }
}
