package io.hawser.metrics;

import io.hawser.http.Filter;
import io.hawser.http.Headers;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.RequestReplyReceiverContext;
import io.micrometer.observation.transport.RequestReplySenderContext;
import org.jspecify.annotations.Nullable;

/// Observes HTTP requests for Micrometer, whose handlers trace them: with those of micrometer-tracing, a
/// request goes on with the trace that its `traceparent` names, and a call that it makes carries that trace
/// on.
///
/// ```java
/// Router.builder().each(route -> Tracing.server(observations, route)).get("/users/{id}", this::user);
/// HttpHandler shop = client.with(Tracing.client(observations));
/// ```
///
/// A span is named for its method and route, `GET /users/{id}`; that of a call for its method. Methods that
/// nobody knows are `other`.
///
/// An observation is current on the thread of the handler as long as the handler runs. Nothing is done for
/// [ObservationRegistry#NOOP].
///
/// Source: www.w3.org/TR/trace-context, and Micrometer's RequestReplyReceiverContext and
/// RequestReplySenderContext
public final class Tracing {
    private static final String SERVER = "hawser.http.server";
    private static final String CLIENT = "hawser.http.client";
    private static final int SERVER_ERROR = 500;

    private Tracing() {}

    /// For requests that come in, whatever their route.
    public static Filter server(ObservationRegistry registry) {
        return server(registry, "");
    }

    /// For requests of one route.
    ///
    /// @param route such as `/users/{id}`: never a path with an id in it
    public static Filter server(ObservationRegistry registry, String route) {
        return (request, next) -> {
            if (registry.isNoop()) return next.handle(request);
            RequestReplyReceiverContext<Request, Response> context =
                    new RequestReplyReceiverContext<>(Tracing::field, Kind.SERVER);
            context.setCarrier(request);
            Observation observation = Observation.start(SERVER, () -> context, registry);
            return observed(observation, request, route, () -> {
                Response response = next.handle(request);
                context.setResponse(response);
                return response;
            });
        };
    }

    /// For calls that go out: the handlers of `registry` add their fields to the request.
    public static Filter client(ObservationRegistry registry) {
        return (request, next) -> {
            if (registry.isNoop()) return next.handle(request);
            Headers.Builder added = Headers.builder();
            RequestReplySenderContext<Headers.Builder, Response> context = new RequestReplySenderContext<>(
                    (carrier, key, value) -> {
                        if (carrier != null) carrier.add(key, value);
                    },
                    Kind.CLIENT);
            context.setCarrier(added);
            Observation observation = Observation.start(CLIENT, () -> context, registry);
            return observed(observation, request, "", () -> {
                Response response = next.handle(with(request, added.build()));
                context.setResponse(response);
                return response;
            });
        };
    }

    /// Null is how Micrometer says that there is no such field.
    private static @Nullable String field(Request carrier, String name) {
        return carrier.headers().first(name).orElse(null);
    }

    private static Request with(Request request, Headers fields) {
        Request changed = request;
        for (String name : fields.names()) changed = changed.withHeader(name, fields.value(name, ""));
        return changed;
    }

    private interface Exchange {
        Response call() throws Exception;
    }

    private static Response observed(Observation observation, Request request, String route, Exchange exchange)
            throws Exception {
        String method = HttpMetrics.name(request.method());
        observation.contextualName(route.isEmpty() ? method : method + " " + route);
        observation.lowCardinalityKeyValue("method", method);
        if (!route.isEmpty()) observation.lowCardinalityKeyValue("route", route);
        observation.highCardinalityKeyValue("path", request.rawPath());
        Observation.Scope scope = observation.openScope();
        try {
            Response response = exchange.call();
            observation.lowCardinalityKeyValue(KeyValue.of("status", Integer.toString(response.status())));
            if (response.status() >= SERVER_ERROR) observation.event(Observation.Event.of("error"));
            return response;
        } catch (Throwable failure) {
            observation.error(failure);
            throw failure;
        } finally {
            scope.close();
            observation.stop();
        }
    }
}
