package io.hawser.messaging;

import java.util.Collection;

/// How deep values are nested. What is built within the ceiling can be walked by recursion without a thought.
final class Nesting {
    private Nesting() {}

    /// The depth of what holds `values`: 1 where none of them is a list or a container.
    ///
    /// @throws IllegalArgumentException beyond the ceiling
    static int check(Collection<Value> values) {
        int depth = 1 + deepest(values);
        if (depth > ContainerLimits.DEPTH_CEILING)
            throw new IllegalArgumentException("nested deeper than " + ContainerLimits.DEPTH_CEILING);
        return depth;
    }

    private static int deepest(Collection<Value> values) {
        int deepest = 0;
        for (Value value : values) {
            int depth = switch (value) {
                case Container container -> container.depth();
                case Value.Items items -> 1 + deepest(items.values());
                default -> 0;
            };
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }
}
