package io.hawser.policy;

import io.hawser.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The endpoints of a [LoadBalancer], and which of them get calls.
///
/// Calls read one volatile snapshot. It is made anew when endpoints, their health or an ejection change, and
/// when the first of the ejections in it ends.
///
/// Lock: this monitor guards all fields but the snapshot, and the health and ejection of the nodes.
final class Roster {
    private final BalancerConfig config;
    private final PolicyContext context;
    private Map<Endpoint, Node> nodes = Map.of();
    private boolean panics;
    private final List<PolicyEvent> untold = new ArrayList<>();
    private volatile Snapshot snapshot;

    private static final class Snapshot {
        private final Node[] usable;
        private final boolean expires;
        /// When the first ejection ends.
        private final long validUntil;

        Snapshot(Node[] usable, boolean expires, long validUntil) {
            this.usable = usable;
            this.expires = expires;
            this.validUntil = validUntil;
        }
    }

    Roster(List<WeightedEndpoint> endpoints, BalancerConfig config, PolicyContext context) {
        this.config = config;
        this.context = context;
        this.snapshot = new Snapshot(new Node[0], false, 0);
        long now = context.time().nanoTime();
        Map<Endpoint, Node> first = new LinkedHashMap<>();
        for (WeightedEndpoint endpoint : endpoints) first.putIfAbsent(endpoint.endpoint(), new Node(endpoint, now));
        nodes = first;
        refresh(now);
        tell();
    }

    Node[] usable(long now) {
        Snapshot current = snapshot;
        if (current.expires && now - current.validUntil >= 0) {
            refresh(now);
            tell();
            current = snapshot;
        }
        return current.usable;
    }

    synchronized List<Node> all() {
        return List.copyOf(nodes.values());
    }

    /// What is still there keeps what is known of it; what is new starts slowly, unless all is new.
    void update(List<WeightedEndpoint> endpoints) {
        long now = context.time().nanoTime();
        synchronized (this) {
            Map<Endpoint, Node> next = new LinkedHashMap<>();
            boolean known = endpoints.stream().anyMatch(endpoint -> nodes.containsKey(endpoint.endpoint()));
            for (WeightedEndpoint endpoint : endpoints) {
                Node node = nodes.get(endpoint.endpoint());
                if (node == null) {
                    node = new Node(endpoint, now);
                    if (known) node.warm(now);
                } else {
                    node.weigh(endpoint.weight());
                }
                next.putIfAbsent(endpoint.endpoint(), node);
            }
            if (next.keySet().equals(nodes.keySet())) return;
            untold.add(new PolicyEvent.EndpointsChanged(context.name(), nodes.size(), next.size()));
            nodes = next;
            refresh(now);
        }
        tell();
    }

    /// @param failuresInRow of `node`, so far
    void failed(Node node, int failuresInRow, long now) {
        OutlierEjection ejection = config.ejection();
        if (ejection.failures() == 0 || failuresInRow < ejection.failures()) return;
        synchronized (this) {
            if (node.ejected || !mayEjectOneMore()) return;
            Duration duration = nextEjection(node, now);
            node.ejected = true;
            node.ejectedUntil = now + duration.toNanos();
            node.forgiveFailures();
            untold.add(new PolicyEvent.Ejected(context.name(), node.endpoint(), duration));
            refresh(now);
        }
        tell();
    }

    private boolean mayEjectOneMore() {
        long ejected = nodes.values().stream().filter(node -> node.ejected).count();
        return ejected + 1 <= nodes.size() * config.ejection().maxShare();
    }

    /// Longer each time; each base time that passed without one since the last takes one back.
    private Duration nextEjection(Node node, long now) {
        Duration base = config.ejection().base();
        if (node.ejections > 0) {
            long forgiven = Math.max(0, now - node.ejectedUntil) / base.toNanos();
            node.ejections = (int) Math.max(0, node.ejections - forgiven);
        }
        node.ejections++;
        Duration duration = base.multipliedBy(node.ejections);
        Duration max = config.ejection().max();
        return duration.compareTo(max) > 0 ? max : duration;
    }

    void healthChanged(Node node, boolean healthy) {
        long now = context.time().nanoTime();
        synchronized (this) {
            if (node.healthy == healthy) return;
            node.healthy = healthy;
            if (healthy) node.warm(now);
            untold.add(new PolicyEvent.HealthChanged(context.name(), node.endpoint(), healthy));
            refresh(now);
        }
        tell();
    }

    /// Listeners are not called with the lock.
    private void tell() {
        List<PolicyEvent> events;
        synchronized (this) {
            if (untold.isEmpty()) return;
            events = List.copyOf(untold);
            untold.clear();
        }
        events.forEach(context::tell);
    }

    private synchronized void refresh(long now) {
        List<Node> usable = new ArrayList<>();
        boolean expires = false;
        long validUntil = 0;
        for (Node node : nodes.values()) {
            if (node.ejected && now - node.ejectedUntil >= 0) {
                node.ejected = false;
                node.warm(now);
            }
            if (node.ejected) {
                if (!expires || node.ejectedUntil - validUntil < 0) validUntil = node.ejectedUntil;
                expires = true;
            } else if (node.healthy) {
                usable.add(node);
            }
        }
        boolean panic = usable.size() < nodes.size() * config.panicThreshold() || usable.isEmpty();
        Node[] chosen = (panic ? nodes.values() : usable).toArray(Node[]::new);
        snapshot = new Snapshot(chosen, expires, validUntil);
        if (panic != panics && !nodes.isEmpty()) {
            panics = panic;
            untold.add(new PolicyEvent.Panicked(context.name(), panic, usable.size(), nodes.size()));
        }
    }

    static Node[] without(Node[] nodes, Node one) {
        return Arrays.stream(nodes).filter(node -> node != one).toArray(Node[]::new);
    }

    /// Those that the call was not sent to yet; all, where it was sent to all.
    static Node[] untried(Node[] nodes, Attempt attempt) {
        if (!attempt.hasTriedAny()) return nodes;
        Node[] left = Arrays.stream(nodes)
                .filter(node -> !attempt.hasTried(node.endpoint()))
                .toArray(Node[]::new);
        return left.length == 0 ? nodes : left;
    }
}
