package io.hawser.tick;

/// A lock, as long as it is held.
///
/// Thread: safe from any; another thread than the one that took it may release it.
public interface HeldLock extends AutoCloseable {
    /// The lock's name.
    String name();

    /// A number that grows each time that any lock of the state is taken. What a holder writes elsewhere can
    /// carry it, so that who takes the writes can refuse those of a holder that was taken for dead and goes
    /// on ("fencing").
    ///
    /// [SharedMap#fencedBy(HeldLock)] does that for the state itself.
    long token();

    /// Whether it is still held, as far as this process knows.
    boolean isHeld();

    /// Releases it. Closing twice does nothing.
    @Override
    void close();
}
