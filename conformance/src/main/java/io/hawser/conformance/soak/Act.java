package io.hawser.conformance.soak;

import java.util.SplittableRandom;

/// What one client does again and again.
///
/// Thread: a virtual one of its own.
interface Act extends AutoCloseable {
    /// Under which name it is counted.
    String name();

    void once(SplittableRandom random) throws Exception;

    /// Gives up what it holds between two times.
    @Override
    default void close() {}
}
