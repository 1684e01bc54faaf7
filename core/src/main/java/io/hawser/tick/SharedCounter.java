package io.hawser.tick;

/// A number of a [SharedState]. It wraps around beyond 64 bits.
public interface SharedCounter {
    long value();

    /// Adds `delta`.
    ///
    /// @return the value after it
    long add(long delta);

    /// Sets the value.
    ///
    /// @return the value before
    long set(long value);

    /// Sets `value` in the place of `expected`.
    ///
    /// @return false, with nothing changed, if the counter is at something else
    boolean compareAndSet(long expected, long value);
}
