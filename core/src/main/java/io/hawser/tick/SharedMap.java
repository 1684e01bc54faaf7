package io.hawser.tick;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A map of a [SharedState].
///
/// Two values are the same here if their encoded forms are.
///
/// @param <V> what the map's [ValueCodec] encodes
public interface SharedMap<V> {
    Optional<V> find(String key);

    /// Puts `value` in.
    ///
    /// @return what was there before
    Optional<V> put(String key, V value);

    /// Puts `value` in where nothing is.
    ///
    /// @return what is there already, and stays; empty if `value` was put in
    Optional<V> putIfAbsent(String key, V value);

    /// Puts `value` in the place of `expected`.
    ///
    /// @return false, with nothing changed, if something else or nothing is there
    boolean replace(String key, V expected, V value);

    /// Removes the entry.
    ///
    /// @return what was there
    Optional<V> remove(String key);

    /// Removes `expected`.
    ///
    /// @return false, with nothing changed, if something else or nothing is there
    boolean remove(String key, V expected);

    /// Puts what `change` makes of the value in its place, or removes it where it makes nothing.
    ///
    /// When another one changes the entry meanwhile, `change` is called again with what it has become; so it
    /// must have no effect but its result. No lock is held meanwhile.
    ///
    /// @return what is there now
    Optional<V> compute(String key, Function<Optional<V>, Optional<V>> change);

    /// The keys in the order of their characters, as they were at some moment during the call, those that
    /// came or went meanwhile with or without.
    List<String> keys();

    int size();

    void clear();

    /// This map for the holder of a lock: what writes throws [io.hawser.Rejected], and writes nothing, once
    /// the lock is no longer held by `held`. That is checked where the state is, in one step with the write.
    SharedMap<V> fencedBy(HeldLock held);
}
