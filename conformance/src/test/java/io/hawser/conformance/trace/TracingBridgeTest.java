package io.hawser.conformance.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.http.HttpClient;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.metrics.Tracing;
import io.hawser.tcp.ListenConfig;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Micrometer's own bridge to OpenTelemetry, between two servers.
@Timeout(120)
final class TracingBridgeTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    private final Queue<SpanData> spans = new ConcurrentLinkedQueue<>();

    private final SpanExporter exporter = new SpanExporter() {
        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    };

    private static ObservationRegistry bridged(SdkTracerProvider provider) {
        Tracer tracer = provider.get("hawser");
        OtelTracer bridge = new OtelTracer(tracer, new OtelCurrentTraceContext(), event -> {});
        OtelPropagator propagator =
                new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), tracer);
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
                .observationHandler(new FirstMatchingCompositeObservationHandler(
                        new PropagatingReceiverTracingObservationHandler<>(bridge, propagator),
                        new PropagatingSenderTracingObservationHandler<>(bridge, propagator)));
        return registry;
    }

    private static HttpServer serve(ObservationRegistry registry, String route, HttpHandler handler) {
        Router site = Router.builder()
                .each(pattern -> Tracing.server(registry, pattern))
                .get(route, handler)
                .build();
        return HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), site);
    }

    private static HttpHandler asking(HttpClient calls, HttpServer stock) {
        return request ->
                Response.text(calls.get("http://" + stock.endpoint() + "/items/" + request.pathParameter("id"))
                        .text());
    }

    @Test
    void aTraceGoesThroughTwoServersOverSockets() {
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build()) {
            ObservationRegistry registry = bridged(provider);
            try (HttpServer stock = serve(registry, "/items/{id}", request -> Response.text("3 left"));
                    HttpClient calls = HttpClient.open().with(Tracing.client(registry));
                    HttpServer shop = serve(registry, "/shop/{id}", asking(calls, stock));
                    HttpClient caller = HttpClient.open()) {
                String answer = caller.get("http://" + shop.endpoint() + "/shop/42")
                        .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                        .text();
                assertThat(answer).isEqualTo("3 left");
                await().atMost(Duration.ofSeconds(30)).until(() -> spans.size() == 3);
            }
        }
        Map<String, SpanData> byName = spans.stream().collect(Collectors.toMap(SpanData::getName, Function.identity()));
        assertThat(byName).containsOnlyKeys("GET /shop/{id}", "GET", "GET /items/{id}");
        assertThat(spans).extracting(SpanData::getTraceId).containsOnly(TRACE);
        List<SpanData> inOrder =
                List.of(byName.get("GET /shop/{id}"), byName.get("GET"), byName.get("GET /items/{id}"));
        assertThat(inOrder)
                .extracting(SpanData::getParentSpanId)
                .containsExactly(
                        CALLER, inOrder.get(0).getSpanId(), inOrder.get(1).getSpanId());
    }
}
