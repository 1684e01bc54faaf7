package io.hawser.policy;

import io.hawser.Endpoint;
import io.hawser.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sends each attempt to one of several endpoints, which the call finds in [Attempt#endpoint()].
///
/// A retry and a hedge go where the call has not been yet, and elsewhere only if no such endpoint takes it.
/// An endpoint whose own policies refuse (its breaker is open) is passed over at once for another. One that
/// fails is ejected for a time; see [OutlierEjection].
/// The endpoints may change at any time: by [#update], or from an [EndpointSource] that is asked again and
/// again.
///
/// Errors: [Rejected] if there is no endpoint, or every one of them refused; nothing was sent.
public final class LoadBalancer implements Policy, AutoCloseable {
    private static final int DRAWS_WHILE_WARMING = 3;

    private final BalancerConfig config;
    private final PolicyContext context;
    private final Roster roster;
    private final Picker picker;
    private final Repeated source;

    private LoadBalancer(
            List<WeightedEndpoint> endpoints, BalancerConfig config, PolicyContext context, Repeated source) {
        this.config = Objects.requireNonNull(config, "config");
        this.context = Objects.requireNonNull(context, "context");
        this.roster = new Roster(endpoints, config, context);
        this.picker = config.balance().picker(context.random());
        this.source = source;
    }

    /// Over `endpoints`, equally, with the defaults.
    public static LoadBalancer over(Endpoint... endpoints) {
        return over(WeightedEndpoint.equally(List.of(endpoints)), BalancerConfig.defaults(), PolicyContext.system());
    }

    public static LoadBalancer over(List<WeightedEndpoint> endpoints, BalancerConfig config, PolicyContext context) {
        return new LoadBalancer(endpoints, config, context, Repeated.never());
    }

    /// Over what `source` says, now and every `interval`. Asks it once before it returns, and throws what
    /// that throws.
    public static LoadBalancer following(
            EndpointSource source, Duration interval, BalancerConfig config, PolicyContext context) throws Exception {
        Repeated repeated = new Repeated("hawser-endpoints", Checked.positive("interval", interval), context.time());
        LoadBalancer balancer = new LoadBalancer(source.endpoints(), config, context, repeated);
        repeated.start(() -> balancer.ask(source));
        return balancer;
    }

    private void ask(EndpointSource asked) {
        try {
            List<WeightedEndpoint> found = asked.endpoints();
            if (!found.isEmpty()) update(found);
            else context.tell(new PolicyEvent.SourceFailed(context.name(), "no endpoint"));
        } catch (Exception failure) {
            context.tell(new PolicyEvent.SourceFailed(context.name(), failure.toString()));
        }
    }

    /// From now on these. What is known of those that stay is kept; calls under way to others go on.
    public void update(List<WeightedEndpoint> endpoints) {
        roster.update(List.copyOf(endpoints));
    }

    /// What is known of each endpoint.
    public List<EndpointStats> stats() {
        long now = context.time().nanoTime();
        return roster.all().stream().map(node -> node.stats(now)).toList();
    }

    Roster roster() {
        return roster;
    }

    PolicyContext context() {
        return context;
    }

    @Override
    public Place place() {
        return Place.BALANCING;
    }

    @Override
    public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
        long start = context.time().nanoTime();
        Node[] left = roster.usable(start);
        Node[] nodes = Roster.untried(left, attempt);
        Optional<Duration> soonest = Optional.empty();
        while (nodes.length > 0) {
            Node node = pick(nodes, attempt, start);
            try {
                return send(node, attempt, next, start);
            } catch (Rejected refused) {
                if (!attempt.isOwnRefusal(refused)) throw refused;
                soonest = sooner(soonest, refused.retryAfter());
                left = Roster.without(left, node);
                nodes = Roster.without(nodes, node);
                if (nodes.length == 0) nodes = left;
            }
        }
        context.tell(new PolicyEvent.Refused(context.name(), attempt.traits().name(), "balancer", soonest));
        throw attempt.refusal(context.name() + ": no endpoint takes the call", soonest);
    }

    private static Optional<Duration> sooner(Optional<Duration> one, Optional<Duration> other) {
        if (one.isEmpty() || other.isEmpty()) return one.or(() -> other);
        return one.get().compareTo(other.get()) <= 0 ? one : other;
    }

    /// One that is warming up is passed over by lot, as long as it has not warmed up.
    private Node pick(Node[] nodes, Attempt attempt, long now) {
        Node node = picker.pick(nodes, attempt, now);
        if (config.balance() == Balance.CONSISTENT_HASH) return node;
        for (int draw = 0; draw < DRAWS_WHILE_WARMING; draw++) {
            double warmth = node.warmth(config.slowStart(), now);
            if (warmth >= 1 || context.random().nextDouble() < warmth) return node;
            node = picker.pick(nodes, attempt, now);
        }
        return node;
    }

    private <T extends @Nullable Object> T send(Node node, Attempt attempt, Call<T> next, long start) throws Exception {
        Verdict verdict = Verdict.cancelled();
        node.begin();
        try {
            T answer = next.call(attempt.to(node.endpoint()));
            verdict = attempt.traits().classifier().answer(answer);
            return answer;
        } catch (Exception error) {
            if (!attempt.isOwnRefusal(error))
                verdict = attempt.traits().classifier().failure(error);
            throw error;
        } finally {
            long now = context.time().nanoTime();
            int failuresInRow = node.end(verdict, (double) (now - start), now);
            if (failuresInRow > 0) roster.failed(node, failuresInRow, now);
        }
    }

    /// Asks its source no more. Calls still go to the endpoints of then.
    @Override
    public void close() {
        source.close();
    }
}
