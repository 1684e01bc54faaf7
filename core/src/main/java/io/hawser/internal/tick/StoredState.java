package io.hawser.internal.tick;

import io.hawser.internal.process.Dialogue;
import io.hawser.tick.SharedCounter;
import io.hawser.tick.SharedLock;
import io.hawser.tick.SharedMap;
import io.hawser.tick.SharedState;
import io.hawser.tick.ValueCodec;
import java.util.Optional;
import java.util.OptionalLong;

/// The state of any [StateStore].
public record StoredState(StateStore store) implements SharedState {
    public static StoredState local(StateTable table) {
        return new StoredState(new LocalStore(table));
    }

    /// What a state of this process keeps.
    ///
    /// @throws IllegalArgumentException for one of another process
    public static StateTable table(SharedState state) {
        if (state instanceof StoredState(LocalStore(StateTable table))) return table;
        throw new IllegalArgumentException("the state of another process cannot be shared on");
    }

    /// The state at the far end of `dialogue`, which a [StateService] answers.
    public static StoredState remote(Dialogue dialogue) {
        return new StoredState(new RemoteStore(dialogue));
    }

    @Override
    public <V> SharedMap<V> map(String name, ValueCodec<V> codec) {
        return new StoredMap<>(store, name, codec, Optional.empty());
    }

    @Override
    public SharedCounter counter(String name) {
        return new StoredCounter(store, name);
    }

    @Override
    public SharedLock lock(String name) {
        return new StoredLock(store, name);
    }

    private record StoredCounter(StateStore store, String name) implements SharedCounter {
        @Override
        public long value() {
            return store.add(name, 0);
        }

        @Override
        public long add(long delta) {
            return store.add(name, delta);
        }

        @Override
        public long set(long value) {
            return store.exchange(name, OptionalLong.empty(), value);
        }

        @Override
        public boolean compareAndSet(long expected, long value) {
            return store.exchange(name, OptionalLong.of(expected), value) == expected;
        }
    }
}
