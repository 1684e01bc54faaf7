package io.hawser.hub;

import io.hawser.Bytes;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.Registration;
import io.hawser.cluster.SubscriptionStats;
import io.hawser.http.Body;
import io.hawser.http.HttpHandler;
import io.hawser.http.Response;
import io.hawser.io.IoThreads;
import io.hawser.metrics.HttpMetrics;
import io.hawser.metrics.IoMetrics;
import io.hawser.metrics.ServerMetrics;
import io.hawser.metrics.TopicMetrics;
import io.hawser.tcp.ServerStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a hub measures, and how Prometheus gets it.
///
/// What is counted anyway is bound when somebody asks for the first time, so that a start does not pay for
/// it.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `isBound` and `gc`; registering meters is what is done while it is held.
final class HubMetrics implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpMetrics http = HttpMetrics.of(registry);
    private final Registration topics;
    private final IoThreads io;
    private final Supplier<ServerStats> server;
    private final IntSupplier sessions;
    private @Nullable JvmGcMetrics gc;
    private boolean isBound;

    /// @param subscriptions made already, so that this hears of messages behind them
    /// @param server asked from the first scrape on
    /// @param sessions of hawser.v1, those that wait for their client included
    HubMetrics(
            IoThreads io,
            Backplane backplane,
            Supplier<SubscriptionStats> subscriptions,
            Supplier<ServerStats> server,
            IntSupplier sessions) {
        this.io = io;
        this.server = server;
        this.sessions = sessions;
        this.topics = TopicMetrics.bind(registry, backplane, subscriptions);
    }

    HttpMetrics http() {
        return http;
    }

    /// With what is measured from the start on, such as requests, and nothing else.
    MeterRegistry early() {
        return registry;
    }

    /// Everything, to be read.
    synchronized MeterRegistry registry() {
        if (isBound) return registry;
        isBound = true;
        ServerMetrics.of(server).bindTo(registry);
        IoMetrics.of(io).bindTo(registry);
        Gauge.builder("hawser.sessions", sessions, IntSupplier::getAsInt)
                .description("Sessions of hawser.v1, those that wait for their client included")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new JvmInfoMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        JvmGcMetrics collector = new JvmGcMetrics();
        collector.bindTo(registry);
        gc = collector;
        return registry;
    }

    /// The figures of all workers, added up: whichever worker is scraped, these are of all.
    void workers(Set<String> names, Supplier<Map<String, Long>> sums) {
        for (String name : names) {
            String meter = "hawser.workers." + name.replace("_total", "").replace('_', '.');
            String description =
                    "Of all workers together: " + name.replace("_total", "").replace('_', ' ');
            if (name.endsWith("_total")) {
                FunctionCounter.builder(meter, registry, itself -> sums.get().getOrDefault(name, 0L))
                        .description(description)
                        .register(registry);
            } else {
                Gauge.builder(meter, sums, each -> each.get().getOrDefault(name, 0L))
                        .description(description)
                        .strongReference(true)
                        .register(registry);
            }
        }
    }

    /// `GET /metrics`. A scrape reads all there is, so it does not belong on an event loop.
    HttpHandler endpoint() {
        return request -> {
            var _ = registry();
            return Response.ok(Body.of(Bytes.ofUtf8(registry.scrape()), TEXT)).withHeader("Cache-Control", "no-store");
        };
    }

    @Override
    public synchronized void close() {
        topics.close();
        if (gc != null) gc.close();
        registry.close();
    }
}
