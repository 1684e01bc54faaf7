package io.hawser.policy;

import io.hawser.Endpoint;
import io.hawser.Rejected;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One attempt at a call: which it is, at which endpoint, and what all attempts of the call have in common.
///
/// Thread: immutable but for what the attempts share, which is safe from any thread.
public final class Attempt {
    private final CallTraits traits;
    private final Trail trail;
    private final int number;
    private final boolean hedge;
    private final @Nullable Endpoint endpoint;

    private Attempt(CallTraits traits, Trail trail, int number, boolean hedge, @Nullable Endpoint endpoint) {
        this.traits = traits;
        this.trail = trail;
        this.number = number;
        this.hedge = hedge;
        this.endpoint = endpoint;
    }

    /// The first attempt of a new call.
    public static Attempt first(CallTraits traits) {
        return new Attempt(traits, new Trail(), 1, false, null);
    }

    /// What is known of the call.
    public CallTraits traits() {
        return traits;
    }

    /// 1 for the first; a hedge counts from 1 again.
    public int number() {
        return number;
    }

    /// Whether it is a second call beside one that is still under way.
    public boolean isHedge() {
        return hedge;
    }

    /// Where it goes, once a balancer has said so.
    public Optional<Endpoint> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /// The endpoints that this call was given to so far, in order, by hedges too, and those whose own
    /// policies refused it included. One may be there twice.
    public List<Endpoint> tried() {
        return List.of(trail.tried());
    }

    /// Whether a [Fallback] gave the answer. Ask the attempt with which the call began.
    public boolean fellBack() {
        return trail.fellBack;
    }

    /// The attempt after this one.
    public Attempt again() {
        return new Attempt(traits, trail, number + 1, hedge, null);
    }

    /// The same call a second time, beside this one.
    public Attempt hedged() {
        return new Attempt(traits, trail, 1, true, null);
    }

    /// This attempt, sent to `endpoint`.
    public Attempt to(Endpoint endpoint) {
        trail.add(endpoint);
        return new Attempt(traits, trail, number, hedge, endpoint);
    }

    /// The error with which a policy refuses this call. What a call's own policies refuse, its [Retry] does
    /// not try again: the policy has waited, or was told not to.
    public Rejected refusal(String reason, Optional<Duration> retryAfter) {
        Rejected refusal = new Rejected(reason, retryAfter.orElse(null));
        trail.add(refusal);
        return refusal;
    }

    boolean isOwnRefusal(@Nullable Throwable error) {
        if (error == null) return false;
        for (Rejected refusal : trail.refusals) {
            if (error.equals(refusal)) return true;
        }
        return false;
    }

    void markFellBack() {
        trail.fellBack = true;
    }

    boolean hasTriedAny() {
        return trail.tried.length > 0;
    }

    boolean hasTried(Endpoint other) {
        for (Endpoint earlier : trail.tried()) {
            if (earlier.equals(other)) return true;
        }
        return false;
    }

    /// What the attempts of a call share.
    private static final class Trail {
        private static final Endpoint[] NONE = {};
        private static final Rejected[] NOT_REFUSED = {};

        private volatile Endpoint[] tried = NONE;
        /// All of them: those of a hedge come while those of the first are looked at.
        private volatile Rejected[] refusals = NOT_REFUSED;
        private volatile boolean fellBack;

        Endpoint[] tried() {
            return tried;
        }

        synchronized void add(Endpoint endpoint) {
            Endpoint[] longer = Arrays.copyOf(tried, tried.length + 1);
            longer[tried.length] = endpoint;
            tried = longer;
        }

        synchronized void add(Rejected refusal) {
            Rejected[] longer = Arrays.copyOf(refusals, refusals.length + 1);
            longer[refusals.length] = refusal;
            refusals = longer;
        }
    }
}
