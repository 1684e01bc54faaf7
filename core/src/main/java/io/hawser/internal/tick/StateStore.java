package io.hawser.internal.tick;

import io.hawser.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The operations that all else is made of: in the memory of this process, or in that of another.
///
/// Thread: safe from any; each is atomic.
interface StateStore {
    /// What must be at a key for it to be written.
    ///
    /// @param any whatever is there
    /// @param value exactly this, or nothing
    record Expected(boolean any, Optional<Bytes> value) {
        static final Expected ANYTHING = new Expected(true, Optional.empty());
        static final Expected NOTHING = new Expected(false, Optional.empty());

        static Expected of(Bytes value) {
            return new Expected(false, Optional.of(value));
        }

        boolean admits(Optional<Bytes> found) {
            return any || value.equals(found);
        }
    }

    /// A lock that has to be held for something to be written.
    record Fence(String lock, long token) {}

    /// What became of a write.
    ///
    /// @param done whether it was written
    /// @param before what was there
    record Swapped(boolean done, Optional<Bytes> before) {}

    Optional<Bytes> find(String map, String key);

    /// Writes `value`, or removes the entry where it is empty, if what is there is expected.
    ///
    /// @throws io.hawser.Rejected if `fence` is not held
    Swapped swap(String map, String key, Expected expected, Optional<Bytes> value, Optional<Fence> fence);

    /// At most so many keys behind `after`, in order.
    List<String> keys(String map, String after, int max);

    int size(String map);

    /// Removes all entries.
    ///
    /// @throws io.hawser.Rejected if `fence` is not held
    void clear(String map, Optional<Fence> fence);

    /// Adds to a counter.
    ///
    /// @return the value after it
    long add(String counter, long delta);

    /// Sets a counter, if it is at `expected` or that is empty.
    ///
    /// @return the value before
    long exchange(String counter, OptionalLong expected, long value);

    /// Waits for a lock until [io.hawser.Deadline#current()].
    ///
    /// @return its token
    long acquire(String lock);

    /// Takes a lock that is free.
    ///
    /// @return its token, empty if it is not
    OptionalLong tryAcquire(String lock);

    /// Releases a lock, unless it has gone from the holder of `token` already.
    void release(String lock, long token);

    /// Whether this store lives: what it holds in locks is lost with it.
    boolean isOpen();
}
