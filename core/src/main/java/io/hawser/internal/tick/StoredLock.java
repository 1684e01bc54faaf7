package io.hawser.internal.tick;

import io.hawser.tick.HeldLock;
import io.hawser.tick.SharedLock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A lock of a [StateStore].
record StoredLock(StateStore store, String name) implements SharedLock {
    @Override
    public HeldLock acquire() {
        return new Held(store, name, store.acquire(name));
    }

    @Override
    public Optional<HeldLock> tryAcquire() {
        return store.tryAcquire(name).stream()
                .mapToObj(token -> (HeldLock) new Held(store, name, token))
                .findFirst();
    }

    private static final class Held implements HeldLock {
        private final StateStore store;
        private final String name;
        private final long token;
        private final AtomicBoolean released = new AtomicBoolean();

        Held(StateStore store, String name, long token) {
            this.store = store;
            this.name = name;
            this.token = token;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long token() {
            return token;
        }

        @Override
        public boolean isHeld() {
            return !released.get() && store.isOpen();
        }

        @Override
        public void close() {
            if (released.compareAndSet(false, true)) store.release(name, token);
        }
    }
}
