package io.hawser.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.http.HttpHandler;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TracingTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final List<String> seen = new ArrayList<>();
    private final ObservationRegistry registry = ObservationRegistry.create();

    /// What micrometer-tracing does, by hand: reads the trace that a request brings, and gives it to calls.
    private final class Tracer implements ObservationHandler<Observation.Context> {
        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        public void onStart(Observation.Context context) {
            if (context instanceof ReceiverContext<?> receiver) context.put("trace", field(receiver));
            Object trace = context.getParentObservation() == null
                    ? null
                    : context.getParentObservation().getContextView().get("trace");
            if (context instanceof SenderContext<?> sender && trace != null) set(sender, trace.toString());
        }

        private <C> String field(ReceiverContext<C> receiver) {
            C carrier = receiver.getCarrier();
            return carrier == null ? "" : String.valueOf(receiver.getGetter().get(carrier, "traceparent"));
        }

        private <C> void set(SenderContext<C> sender, String trace) {
            sender.getSetter().set(sender.getCarrier(), "traceparent", trace);
        }

        @Override
        public void onStop(Observation.Context context) {
            String outcome = context.getError() == null ? value(context, "status") : String.valueOf(context.getError());
            seen.add(context.getName() + " " + value(context, "method") + " " + outcome);
        }

        private String value(Observation.Context context, String key) {
            KeyValue pair = context.getLowCardinalityKeyValue(key);
            return pair == null ? "none" : pair.getValue();
        }
    }

    @Test
    void aTraceComesInWithARequestAndGoesOutWithItsCalls() throws Exception {
        registry.observationConfig().observationHandler(new Tracer());
        List<String> sent = new ArrayList<>();
        HttpHandler upstream = call -> {
            sent.add(call.headers().value("traceparent", "none"));
            return Response.of(404);
        };
        HttpHandler client = upstream.with(Tracing.client(registry));
        HttpHandler server = ((HttpHandler) request -> {
                    client.handle(Request.of(Method.GET, "http://shop/x"));
                    return Response.ok();
                })
                .with(Tracing.server(registry));
        server.handle(Request.of(Method.GET, "/").withHeader("traceparent", PARENT));
        assertThat(sent).containsExactly(PARENT);
        assertThat(seen).containsExactly("hawser.http.client GET 404", "hawser.http.server GET 200");
        assertThat(registry.getCurrentObservation()).isNull();
    }

    @Test
    void aSpanIsNamedForMethodAndRouteAndNeverForWhatAClientMakesUp() throws Exception {
        List<String> names = new ArrayList<>();
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }

            @Override
            public void onStop(Observation.Context context) {
                names.add(context.getContextualName() + " " + context.getLowCardinalityKeyValues());
            }
        });
        HttpHandler answer = request -> Response.ok();
        Router users = Router.builder()
                .each(route -> Tracing.server(registry, route))
                .get("/users/{id}", answer)
                .build();
        users.handle(Request.of(Method.GET, "/users/42"));
        answer.with(Tracing.server(registry)).handle(Request.of(Method.of("MADEUP"), "/users/42"));
        answer.with(Tracing.client(registry)).handle(Request.of(Method.POST, "http://shop/users/42"));
        assertThat(names).hasSize(3);
        assertThat(names.get(0)).startsWith("GET /users/{id} ").contains("route=/users/{id}");
        assertThat(names.get(1)).startsWith("other ").doesNotContain("MADEUP");
        assertThat(names.get(2)).startsWith("POST ").doesNotContain("42");
    }

    @Test
    void aFailureIsAnErrorOfItsObservationAndGoesOn() {
        registry.observationConfig().observationHandler(new Tracer());
        HttpHandler server = ((HttpHandler) request -> {
                    throw new IllegalStateException("no");
                })
                .with(Tracing.server(registry));
        assertThatThrownBy(() -> server.handle(Request.of(Method.PUT, "/"))).isInstanceOf(IllegalStateException.class);
        assertThat(seen).containsExactly("hawser.http.server PUT java.lang.IllegalStateException: no");
    }

    @Test
    void withoutARegistryNothingIsObserved() throws Exception {
        HttpHandler handler = request -> Response.text(request.rawPath());
        Response answer = handler.with(
                        Tracing.server(ObservationRegistry.NOOP), Tracing.client(ObservationRegistry.NOOP))
                .handle(Request.of(Method.GET, "/a"));
        assertThat(answer.body().text()).isEqualTo("/a");
    }
}
