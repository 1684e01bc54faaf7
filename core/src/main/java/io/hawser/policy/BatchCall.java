package io.hawser.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Does for many items at once what would have been a call for each.
@FunctionalInterface
public interface BatchCall<Q, R extends @Nullable Object> {
    /// The results, as many as there are items and in their order, none of them null. What it throws, every
    /// item gets; what it gives against this is an error that every item gets.
    List<BatchResult<R>> call(List<Q> items) throws Exception;
}
