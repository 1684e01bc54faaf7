package io.hawser.policy;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.policy.PolicyEvent.Because;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tries again what failed in passing, if it may be done twice, the budget allows it and the deadline leaves
/// the time.
///
/// A hint of the other side (Retry-After) is obeyed, with up to a tenth added so that not all come back at
/// once. One that reaches past the deadline ends the call at once, with the answer that carried it. The error
/// of the last attempt has those of the earlier ones as suppressed.
///
/// Errors: of the last attempt; [Cancelled] if interrupted between two.
public final class Retry implements Policy {
    private final RetryConfig config;
    private final RetryBudget budget;
    private final PolicyContext context;
    private final Delays delays;

    private Retry(RetryConfig config, RetryBudget budget, PolicyContext context) {
        this.config = Objects.requireNonNull(config, "config");
        this.budget = Objects.requireNonNull(budget, "budget");
        this.context = Objects.requireNonNull(context, "context");
        this.delays = new Delays(config, context.random());
    }

    /// Default attempts and delays, and a budget of its own.
    public static Retry defaults() {
        return of(RetryConfig.defaults());
    }

    /// With a budget of its own.
    public static Retry of(RetryConfig config) {
        return new Retry(config, RetryBudget.defaults(), PolicyContext.system());
    }

    /// With all its parts.
    ///
    /// @param budget shared with whatever else retries calls to the same upstream
    public static Retry of(RetryConfig config, RetryBudget budget, PolicyContext context) {
        return new Retry(config, budget, context);
    }

    public RetryBudget budget() {
        return budget;
    }

    @Override
    public Place place() {
        return Place.RETRY;
    }

    @Override
    public <T extends @Nullable Object> T call(Attempt first, Call<T> next) throws Exception {
        Attempt attempt = first;
        List<Exception> earlier = List.of();
        int cost = 0;
        while (true) {
            Outcome<T> outcome;
            try {
                T answer = next.call(attempt);
                Verdict verdict = attempt.traits().classifier().answer(answer);
                if (verdict.isSuccess()) {
                    budget.succeeded(cost);
                    return answer;
                }
                outcome = Outcome.of(answer, verdict);
            } catch (Exception error) {
                outcome = Outcome.failed(error, attempt.traits().classifier());
            }
            long leftNanos = Deadline.current().remainingNanos();
            long delayNanos = delays.beforeNext(attempt.number(), outcome.verdict(), leftNanos);
            cost = budget.cost(outcome.verdict().kind());
            if (isLast(attempt, outcome, delayNanos >= leftNanos, cost)) {
                suppress(earlier, outcome.error());
                return outcome.result();
            }
            earlier = kept(earlier, outcome.error());
            pause(attempt, outcome, earlier, Duration.ofNanos(delayNanos));
            attempt = attempt.again();
        }
    }

    private boolean isLast(Attempt attempt, Outcome<?> outcome, boolean tooLate, int cost) {
        if (!outcome.verdict().isPassing()) return true;
        Because end = reasonToEnd(attempt, outcome);
        if (end == null && tooLate) end = Because.DEADLINE;
        if (end == null && !budget.take(cost)) end = Because.BUDGET;
        if (end == null) return false;
        String call = attempt.traits().name();
        String reason = outcome.verdict().reason();
        context.tell(new PolicyEvent.GaveUp(context.name(), call, attempt.number(), reason, end));
        return true;
    }

    private @Nullable Because reasonToEnd(Attempt attempt, Outcome<?> outcome) {
        Verdict verdict = outcome.verdict();
        if (attempt.isOwnRefusal(outcome.error())) return Because.REFUSED;
        if (!attempt.traits().repeat().allows(verdict.processed())) return Because.NOT_REPEATABLE;
        if (attempt.number() >= config.attempts()) return Because.ATTEMPTS;
        if (verdict.retryAfter()
                .filter(hint -> hint.compareTo(config.maxHint()) > 0)
                .isPresent()) return Because.HINT;
        return null;
    }

    private void pause(Attempt attempt, Outcome<?> outcome, List<Exception> earlier, Duration delay) {
        Verdict verdict = outcome.verdict();
        outcome.discard(attempt.traits().classifier());
        context.tell(new PolicyEvent.Retried(
                context.name(), attempt.traits().name(), attempt.number(), verdict.reason(), delay));
        try {
            context.time().sleep(delay);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            Cancelled cancelled = new Cancelled(
                    "interrupted before attempt " + (attempt.number() + 1), verdict.processed(), interrupted);
            suppress(earlier, cancelled);
            throw cancelled;
        }
    }

    private static List<Exception> kept(List<Exception> earlier, @Nullable Exception error) {
        if (error == null) return earlier;
        List<Exception> longer = new ArrayList<>(earlier);
        longer.add(error);
        return longer;
    }

    /// An upstream may throw the same object twice, and an exception must not suppress itself.
    private static void suppress(List<Exception> earlier, @Nullable Exception last) {
        if (last == null) return;
        for (Exception one : earlier) {
            if (!one.equals(last) && !List.of(last.getSuppressed()).contains(one)) last.addSuppressed(one);
        }
    }
}
