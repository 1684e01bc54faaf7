package io.hawser.messaging;

/// How much a peer's container may ask for. What is over a limit is refused with [io.hawser.LimitExceeded]
/// under the component's name.
///
/// @param maxBytes the encoded form; in JSON counted as UTF-8
/// @param maxDepth containers and lists inside one another, the outermost container being the first
/// @param maxValues all values, those inside lists and nested containers and these themselves included
public record ContainerLimits(int maxBytes, int maxDepth, int maxValues) {
    /// The greatest `maxDepth`, and the greatest depth of a container that is built: walking it takes a stack.
    public static final int DEPTH_CEILING = 256;

    private static final ContainerLimits DEFAULTS = new ContainerLimits(1 << 20, 32, 10_000);

    public ContainerLimits {
        check("maxBytes", maxBytes, 1, Integer.MAX_VALUE);
        check("maxDepth", maxDepth, 1, DEPTH_CEILING);
        check("maxValues", maxValues, 0, Integer.MAX_VALUE);
    }

    /// 1 MiB, 32 deep, 10,000 values.
    public static ContainerLimits defaults() {
        return DEFAULTS;
    }

    public ContainerLimits withMaxBytes(int maxBytes) {
        return new ContainerLimits(maxBytes, maxDepth, maxValues);
    }

    public ContainerLimits withMaxDepth(int maxDepth) {
        return new ContainerLimits(maxBytes, maxDepth, maxValues);
    }

    public ContainerLimits withMaxValues(int maxValues) {
        return new ContainerLimits(maxBytes, maxDepth, maxValues);
    }

    private static void check(String component, int value, int min, int max) {
        if (value < min || value > max)
            throw new IllegalArgumentException(component + " is " + value + ", allowed are " + min + " to " + max);
    }
}
