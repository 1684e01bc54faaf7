package io.hawser.policy;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Wraps calls of any type and keeps the type: repeats them, bounds them, refuses them, sends them elsewhere.
///
/// ```java
/// Policy policy = Policy.of(deadline, bulkhead, retry, breaker, timeout);   // outermost first
/// User user = policy.call(CallTraits.named("find-user").repeatable(), () -> users.find(id));
/// ```
///
/// Thread: one policy serves many calls of many threads; the calls run on the thread of the caller, but for
/// the second one of a [Hedge].
public interface Policy {
    /// Calls `next`, once, several times or not at all.
    <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception;

    /// Where it stands in the order of [#ordered(Policy...)].
    default Place place() {
        return Place.TRANSPORT;
    }

    /// `call` inside this policy.
    default <T extends @Nullable Object> Call<T> around(Call<T> call) {
        return attempt -> call(attempt, call);
    }

    /// Calls `work`, which is tried again only where it surely had no effect.
    default <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        return call(CallTraits.unnamed(), work);
    }

    /// Calls `work`, about which `traits` tell.
    default <T extends @Nullable Object> T call(CallTraits traits, Callable<T> work) throws Exception {
        return call(Attempt.first(traits), attempt -> work.call());
    }

    /// Runs `work`, which throws nothing checked; policies themselves throw [io.hawser.HawserException]s
    /// only.
    default <T extends @Nullable Object> T run(CallTraits traits, Supplier<T> work) {
        try {
            return call(Attempt.first(traits), attempt -> work.get());
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception checked) {
            throw new IllegalStateException("a policy threw a checked exception", checked);
        }
    }

    /// `policies` as one, the outermost first.
    static Policy of(Policy... policies) {
        return PolicyChain.of(List.of(policies));
    }

    /// `policies` as one, in the documented order of their [Place]s, however they are listed.
    static Policy ordered(Policy... policies) {
        return PolicyChain.of(
                Stream.of(policies).sorted(Comparator.comparing(Policy::place)).toList());
    }
}
