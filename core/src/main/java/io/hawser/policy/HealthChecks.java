package io.hawser.policy;

import io.hawser.Deadline;
import io.hawser.Endpoint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Checks the endpoints of a [LoadBalancer] again and again; those that fail get no calls, and those that are
/// back start slowly.
///
/// A success also lets the endpoint's breaker, if it is open, try calls at once: so a short outage is not
/// followed by a long wait, and a long one does not need callers to find out that it is over.
///
/// Thread: each check on a virtual thread of its own; one endpoint is never checked twice at a time.
public final class HealthChecks implements AutoCloseable {
    private final LoadBalancer balancer;
    private final HealthProbe probe;
    private final HealthConfig config;
    private final Consumer<Endpoint> succeeded;
    private final Map<Node, Row> rows = new ConcurrentHashMap<>();
    private final Repeated repeated;

    private HealthChecks(LoadBalancer balancer, HealthProbe probe, HealthConfig config, Consumer<Endpoint> succeeded) {
        this.balancer = balancer;
        this.probe = probe;
        this.config = config;
        this.succeeded = succeeded;
        this.repeated = new Repeated(
                "hawser-health", config.interval(), balancer.context().time());
    }

    /// Checks the endpoints of `balancer` until closed.
    public static HealthChecks start(LoadBalancer balancer, HealthProbe probe, HealthConfig config) {
        return start(balancer, probe, config, endpoint -> {});
    }

    /// Checks the endpoints of `balancer` until closed, and tells `breakers` of those that are well.
    public static HealthChecks start(
            LoadBalancer balancer, EndpointBreakers breakers, HealthProbe probe, HealthConfig config) {
        return start(balancer, probe, config, endpoint -> breakers.of(endpoint).probe());
    }

    private static HealthChecks start(
            LoadBalancer balancer, HealthProbe probe, HealthConfig config, Consumer<Endpoint> succeeded) {
        HealthChecks checks = new HealthChecks(balancer, probe, config, succeeded);
        checks.repeated.start(checks::round);
        return checks;
    }

    private void round() {
        var nodes = balancer.roster().all();
        rows.keySet().retainAll(nodes);
        for (Node node : nodes) {
            Row row = rows.computeIfAbsent(node, fresh -> new Row());
            if (row.begin()) Thread.ofVirtual().name("hawser-health-check").start(() -> check(node, row));
        }
    }

    private void check(Node node, Row row) {
        boolean well = false;
        try {
            Deadline.after(config.timeout(), balancer.context().time()).call(() -> {
                probe.check(node.endpoint());
                return "";
            });
            well = true;
        } catch (Exception notWell) {
            // That it is not is all there is to know; the change of state is an event.
        } finally {
            int inRow = row.end(well);
            if (inRow >= (well ? config.healthyAfter() : config.unhealthyAfter())) {
                balancer.roster().healthChanged(node, well);
            }
        }
        if (well) succeeded.accept(node.endpoint());
    }

    /// Checks no more. Endpoints keep the health that they were last found in.
    @Override
    public void close() {
        repeated.close();
    }

    /// How the last checks of an endpoint ended.
    ///
    /// Lock: this monitor guards all fields.
    private static final class Row {
        private boolean running;
        private boolean well = true;
        private int length;

        synchronized boolean begin() {
            if (running) return false;
            running = true;
            return true;
        }

        /// @return how many in a row ended as this one
        synchronized int end(boolean nowWell) {
            running = false;
            length = nowWell == well ? length + 1 : 1;
            well = nowWell;
            return length;
        }
    }
}
