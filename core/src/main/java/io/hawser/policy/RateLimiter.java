package io.hawser.policy;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.HawserException.Processed;
import io.hawser.policy.RateLimitStore.Grant;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps calls below a rate, by waiting or by refusing.
///
/// In all, or for each key of [CallTraits#key()]. It learns: when the other side throttles with a hint, calls
/// of that key wait for as long, in this process for an hour at most; what its headers say of what is left
/// goes to [#learn].
///
/// Errors: [io.hawser.Rejected], which says when to come back, where the wait would be longer than allowed or
/// than the deadline; [Cancelled] on an interrupt, with the permit given back. In both cases nothing was
/// sent.
public final class RateLimiter implements Policy {
    private static final int MAX_KEYS = 10_000;

    private final RateLimitStore store;
    private final boolean byKey;
    private final Duration maxWait;
    private final PolicyContext context;

    private RateLimiter(RateLimitStore store, boolean byKey, Duration maxWait, PolicyContext context) {
        this.store = Objects.requireNonNull(store, "store");
        this.byKey = byKey;
        this.maxWait = Checked.notNegative("maxWait", maxWait);
        this.context = Objects.requireNonNull(context, "context");
    }

    /// Waits up to `maxWait` for a permit.
    public static RateLimiter waiting(RateLimit limit, Duration maxWait, PolicyContext context) {
        return new RateLimiter(new LocalRateLimits(limit, 1, context.time()), false, maxWait, context);
    }

    /// Refuses what comes too soon.
    public static RateLimiter rejecting(RateLimit limit, PolicyContext context) {
        return waiting(limit, Duration.ZERO, context);
    }

    /// One limit for each key. The 10,000 keys used most are remembered; one that was forgotten begins with
    /// all its permits. Calls without a key have one limit together.
    ///
    /// @param maxWait for a permit; zero refuses at once
    public static RateLimiter byKey(RateLimit limit, Duration maxWait, PolicyContext context) {
        return new RateLimiter(new LocalRateLimits(limit, MAX_KEYS, context.time()), true, maxWait, context);
    }

    /// On permits that are counted in `store`.
    ///
    /// @param byKey whether each key has a limit of its own
    public static RateLimiter on(RateLimitStore store, boolean byKey, Duration maxWait, PolicyContext context) {
        return new RateLimiter(store, byKey, maxWait, context);
    }

    /// Takes to heart what the other side said of its own limit. A store that cannot be told is a
    /// [PolicyEvent.StoreFailed]: the call was made.
    ///
    /// @param key whose limit it is; counts only where each key has its own
    /// @param remaining how many calls it still allows until its window ends; none holds all calls until then
    /// @param reset until its window ends
    public void learn(String key, long remaining, Duration reset) {
        String counted = byKey ? key : "";
        tell(() -> {
            store.lower(counted, remaining);
            if (remaining <= 0) store.hold(counted, reset);
        });
    }

    @Override
    public Place place() {
        return Place.RATE_LIMIT;
    }

    @Override
    public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
        String key = byKey ? attempt.traits().key() : "";
        acquire(key, attempt);
        try {
            T answer = next.call(attempt);
            obey(key, attempt.traits().classifier().answer(answer));
            return answer;
        } catch (Exception error) {
            if (!attempt.isOwnRefusal(error))
                obey(key, attempt.traits().classifier().failure(error));
            throw error;
        }
    }

    private void obey(String key, Verdict verdict) {
        verdict.retryAfter().ifPresent(pause -> tell(() -> store.hold(key, pause)));
    }

    /// What came of the call is not lost because a store cannot be reached.
    private void tell(Runnable said) {
        try {
            said.run();
        } catch (RuntimeException unheard) {
            context.tell(new PolicyEvent.StoreFailed(context.name(), unheard.toString()));
        }
    }

    private Duration patience() {
        if (maxWait.isZero()) return maxWait;
        Duration left = Deadline.current().remaining();
        return left.compareTo(maxWait) < 0 ? left : maxWait;
    }

    private void acquire(String key, Attempt attempt) {
        Grant grant = store.take(key, patience());
        if (!grant.granted()) {
            Optional<Duration> wait = Optional.of(grant.delay());
            context.tell(
                    new PolicyEvent.Refused(context.name(), attempt.traits().name(), "rate limit", wait));
            throw attempt.refusal(context.name() + ": rate limit reached", wait);
        }
        if (grant.delay().isZero()) return;
        try {
            context.time().sleep(grant.delay());
        } catch (InterruptedException interrupted) {
            // A store that waits for somebody would stop at the flag.
            tell(() -> store.giveBack(key));
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for the rate limit", Processed.NO, interrupted);
        }
    }
}
