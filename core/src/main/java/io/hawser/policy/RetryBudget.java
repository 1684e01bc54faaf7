package io.hawser.policy;

import io.hawser.policy.Verdict.Kind;

/// Bounds the retries of all calls to one upstream together, so that one that is down is not hammered.
///
/// A retry costs 14 tokens of 500, or 5 after being throttled. A success at the first attempt brings one
/// back, a success of a retry what that retry had cost. So a short failure is retried in full, and of a long
/// one only the first moments: 35 retries, then none until calls succeed again. While a part of the calls
/// fails for good, retries add at most one in fourteen successes.
///
/// Thread: safe from any; share one among all [Retry]s of an upstream.
public final class RetryBudget {
    private static final int CAPACITY = 500;
    private static final int COST_TRANSIENT = 14;
    private static final int COST_THROTTLED = 5;

    private final TokenBalance balance;
    private final int capacity;
    private final int costTransient;
    private final int costThrottled;

    private RetryBudget(int capacity, int costTransient, int costThrottled) {
        this.capacity = Checked.between("capacity", capacity, 0, Integer.MAX_VALUE);
        this.costTransient = Checked.between("costTransient", costTransient, 1, Integer.MAX_VALUE);
        this.costThrottled = Checked.between("costThrottled", costThrottled, 1, Integer.MAX_VALUE);
        this.balance = new TokenBalance(capacity, capacity);
    }

    /// 500 tokens; a retry costs 14, after throttling 5.
    public static RetryBudget defaults() {
        return new RetryBudget(CAPACITY, COST_TRANSIENT, COST_THROTTLED);
    }

    /// One with other figures.
    ///
    /// @param capacity the tokens there are at first, and at most; 0 allows no retry
    /// @param costTransient what a retry after a transient failure costs
    /// @param costThrottled what one after being throttled costs
    public static RetryBudget of(int capacity, int costTransient, int costThrottled) {
        return new RetryBudget(capacity, costTransient, costThrottled);
    }

    public int capacity() {
        return capacity;
    }

    /// The tokens left.
    public int left() {
        return (int) balance.left();
    }

    int cost(Kind kind) {
        return kind == Kind.THROTTLED ? costThrottled : costTransient;
    }

    boolean take(int cost) {
        return balance.take(cost);
    }

    /// @param lastCost what the attempt that succeeded had cost, 0 for the first one
    void succeeded(int lastCost) {
        balance.add(Math.max(1, lastCost));
    }
}
