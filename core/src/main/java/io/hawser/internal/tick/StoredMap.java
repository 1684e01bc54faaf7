package io.hawser.internal.tick;

import io.hawser.Bytes;
import io.hawser.internal.tick.StateStore.Expected;
import io.hawser.internal.tick.StateStore.Fence;
import io.hawser.internal.tick.StateStore.Swapped;
import io.hawser.tick.HeldLock;
import io.hawser.tick.SharedMap;
import io.hawser.tick.ValueCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A map of a [StateStore], its values behind a codec.
record StoredMap<V>(StateStore store, String name, ValueCodec<V> codec, Optional<Fence> fence) implements SharedMap<V> {
    /// With the longest keys, a page fits a message of 1 MiB.
    private static final int PAGE_KEYS = 500;

    @Override
    public Optional<V> find(String key) {
        return store.find(name, key).map(codec::decode);
    }

    @Override
    public Optional<V> put(String key, V value) {
        return swap(key, Expected.ANYTHING, Optional.of(codec.encode(value)))
                .before()
                .map(codec::decode);
    }

    @Override
    public Optional<V> putIfAbsent(String key, V value) {
        return swap(key, Expected.NOTHING, Optional.of(codec.encode(value)))
                .before()
                .map(codec::decode);
    }

    @Override
    public boolean replace(String key, V expected, V value) {
        return swap(key, Expected.of(codec.encode(expected)), Optional.of(codec.encode(value)))
                .done();
    }

    @Override
    public Optional<V> remove(String key) {
        return swap(key, Expected.ANYTHING, Optional.empty()).before().map(codec::decode);
    }

    @Override
    public boolean remove(String key, V expected) {
        return swap(key, Expected.of(codec.encode(expected)), Optional.empty()).done();
    }

    @Override
    public Optional<V> compute(String key, Function<Optional<V>, Optional<V>> change) {
        Optional<Bytes> found = store.find(name, key);
        while (true) {
            Optional<V> value = change.apply(found.map(codec::decode));
            Swapped swapped = swap(key, new Expected(false, found), value.map(codec::encode));
            if (swapped.done()) return value;
            found = swapped.before();
        }
    }

    private Swapped swap(String key, Expected expected, Optional<Bytes> value) {
        return store.swap(name, key, expected, value, fence);
    }

    @Override
    public List<String> keys() {
        List<String> all = new ArrayList<>();
        List<String> page = store.keys(name, "", PAGE_KEYS);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = store.keys(name, page.getLast(), PAGE_KEYS);
        }
        return List.copyOf(all);
    }

    @Override
    public int size() {
        return store.size(name);
    }

    @Override
    public void clear() {
        store.clear(name, fence);
    }

    @Override
    public SharedMap<V> fencedBy(HeldLock held) {
        return new StoredMap<>(store, name, codec, Optional.of(new Fence(held.name(), held.token())));
    }
}
