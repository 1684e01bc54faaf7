package io.hawser.tick;

/// What a ticker does at each tick.
@FunctionalInterface
public interface TickAction {
    /// Does it. Plain blocking code on a virtual thread; the next tick waits for its end.
    ///
    /// Errors: what it throws is logged and counted, and the next tick comes all the same.
    void tick(Tick tick) throws Exception;
}
