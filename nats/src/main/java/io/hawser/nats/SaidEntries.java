package io.hawser.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What a node says in a bucket, and how it gets there: 256 entries are under way at once, each of another
/// key, so that their order is no matter; of a key that has changed several times meanwhile only the last
/// state is written.
///
/// Thread: `flush` from one thread; the others from any.
///
/// Lock: this monitor guards all fields; nothing is called while it is held.
final class SaidEntries<K> {
    static final int AT_ONCE = 256;

    /// So many times 256 in one flush: whoever flushes has other things to do in time, like renewing a lease.
    private static final int ROUNDS = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Writes an entry; null deletes it.
    interface Writer<K> {
        CompletableFuture<?> write(K key, @Nullable String value);
    }

    private final Map<K, String> own = new LinkedHashMap<>();
    /// What may be in the bucket.
    private final Set<K> said = new HashSet<>();
    private final LinkedHashSet<K> unsaid = new LinkedHashSet<>();

    synchronized void put(K key, String value) {
        own.put(key, value);
        unsaid.add(key);
    }

    /// What was never said has not to be taken back.
    synchronized void remove(K key) {
        own.remove(key);
        if (said.contains(key)) unsaid.add(key);
        else unsaid.remove(key);
    }

    /// Everything is to be said again.
    synchronized void repeat() {
        unsaid.addAll(own.keySet());
    }

    /// Everything is to be taken back.
    synchronized void clear() {
        own.clear();
        unsaid.clear();
        unsaid.addAll(said);
    }

    /// Writes what has changed, and waits until it is stored.
    ///
    /// @return whether that is all
    /// @throws IOException if the bucket cannot be written to; what it has not stored is said with the next
    ///     flush
    boolean flush(Writer<K> writer) throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            Map<K, @Nullable String> round = next();
            if (round.isEmpty()) return true;
            List<CompletableFuture<?>> writes = new ArrayList<>();
            round.forEach((key, value) -> writes.add(writer.write(key, value)));
            try {
                await(writes);
            } catch (IOException e) {
                failed(round.keySet());
                throw e;
            }
            stored(round);
        }
        return isEmpty();
    }

    private synchronized Map<K, @Nullable String> next() {
        Map<K, @Nullable String> round = new LinkedHashMap<>();
        for (Iterator<K> keys = unsaid.iterator(); keys.hasNext() && round.size() < AT_ONCE; keys.remove()) {
            K key = keys.next();
            round.put(key, own.get(key));
            said.add(key);
        }
        return round;
    }

    private synchronized void failed(Set<K> keys) {
        unsaid.addAll(keys);
    }

    private synchronized void stored(Map<K, @Nullable String> round) {
        round.forEach((key, value) -> {
            if (value == null && !own.containsKey(key)) said.remove(key);
        });
    }

    private synchronized boolean isEmpty() {
        return unsaid.isEmpty();
    }

    /// Waits for all writes.
    static void await(List<? extends CompletableFuture<?>> writes) throws IOException {
        try {
            CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the broker has not stored all entries: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while entries were written", e);
        }
    }
}
