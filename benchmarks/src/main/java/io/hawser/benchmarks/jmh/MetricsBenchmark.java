package io.hawser.benchmarks.jmh;

import io.hawser.Bytes;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.Publication;
import io.hawser.cluster.SubscriptionStats;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.http.HttpHandler;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.hub.dashboard.TopicCounts;
import io.hawser.metrics.HttpMetrics;
import io.hawser.metrics.TopicMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What is measured of every request and of every publication, and what that costs: each with the metrics of the
/// hub and without. What the hub counts otherwise, it counts in plain fields, and reads them when it is asked.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MetricsBenchmark {
    @Param({"true", "false"})
    private boolean measured;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Request request = Request.get("/plaintext");
    private final LocalBackplane backplane =
            LocalBackplane.start("n", TopicRules.defaults().with("live.", TopicConfig.live()));
    private final Publication publication = Publication.of(Topic.of("live.1"), Bytes.ofUtf8("message"));
    private HttpHandler router = request -> Response.of(500);

    @Setup
    public void make() {
        Router.Builder routes = Router.builder();
        if (measured) routes = routes.each(HttpMetrics.of(registry)::route);
        Response hello = Response.text("Hello, World!");
        router = routes.get("/plaintext", request -> hello).build();
        if (!measured) return;
        var _ = backplane.listen(new TopicCounts());
        SubscriptionStats none = new SubscriptionStats(0, 0, 0, 0, 0, 0);
        var _ = TopicMetrics.bind(registry, backplane, () -> none);
    }

    @TearDown
    public void close() {
        backplane.close();
    }

    @Benchmark
    public Response request() throws Exception {
        return router.handle(request);
    }

    @Benchmark
    public Object publication() {
        return backplane.publish(publication).join();
    }
}
