package io.hawser.hub.v1;

/// Which tokens of a session are good: the newest, and those before it back to the oldest, until the newest
/// is used.
///
/// @param newest how many tokens of the session came before its last one
/// @param oldest the same of the first that is still good
record Generations(long newest, long oldest) {
    static final Generations FIRST = new Generations(0, 0);

    boolean allow(long used) {
        return used >= oldest && used <= newest;
    }

    /// Using the newest retires those before. Using one before leaves it good, and what it was answered
    /// with, which may have been lost, too.
    Generations afterUseOf(long used) {
        return new Generations(newest + 1, used);
    }
}
