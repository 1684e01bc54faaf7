package io.hawser.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One policy around another. Costs one small object a call: the inner policy bound to what is called.
record PolicyChain(Policy outer, Policy inner) implements Policy {
    static Policy of(List<Policy> outermostFirst) {
        if (outermostFirst.isEmpty()) return Transparent.INSTANCE;
        return outermostFirst.reversed().stream()
                .reduce((inner, outer) -> new PolicyChain(outer, inner))
                .orElseThrow();
    }

    @Override
    public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
        return outer.call(attempt, new Bound<>(inner, next));
    }

    @Override
    public Place place() {
        return outer.place();
    }

    private record Bound<T extends @Nullable Object>(Policy policy, Call<T> next) implements Call<T> {
        @Override
        public T call(Attempt attempt) throws Exception {
            return policy.call(attempt, next);
        }
    }

    private enum Transparent implements Policy {
        INSTANCE;

        @Override
        public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
            return next.call(attempt);
        }
    }
}
