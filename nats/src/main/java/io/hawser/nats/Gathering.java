package io.hawser.nats;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// Work for keys, of each of which one thing is done at a time: what is asked for a key meanwhile waits, and
/// is then done together. So no lock is held while the work waits for somebody far away, and many who want
/// the same ask once.
///
/// A key has a list, maybe empty, as long as a thread works for it.
///
/// Thread: safe from any; the work runs on virtual threads of its own.
final class Gathering<A> {
    /// What is done for all that were asked of one key. It says itself to each how that went.
    interface Work<A> {
        void on(String key, List<A> asked);
    }

    private final int most;
    private final Work<A> work;
    private final ConcurrentHashMap<String, List<A>> waiting = new ConcurrentHashMap<>();

    /// @param most that may wait for one key
    Gathering(int most, Work<A> work) {
        this.most = most;
        this.work = work;
    }

    /// Asks for something.
    ///
    /// @return false if too many wait for this key
    boolean ask(String key, A asked) {
        boolean[] outcome = {true, false};
        waiting.compute(key, (same, known) -> {
            List<A> all = known == null ? new ArrayList<>() : known;
            if (all.size() >= most) outcome[0] = false;
            else all.add(asked);
            outcome[1] = known == null;
            return all;
        });
        if (outcome[1]) Thread.ofVirtual().name("hawser-gathering").start(() -> work(key));
        return outcome[0];
    }

    private void work(String key) {
        for (List<A> asked = take(key); !asked.isEmpty(); asked = take(key)) work.on(key, asked);
    }

    /// All that wait; nobody works for the key any more if there are none.
    private List<A> take(String key) {
        List<A> taken = new ArrayList<>();
        waiting.computeIfPresent(key, (same, known) -> {
            taken.addAll(known);
            return known.isEmpty() ? null : new ArrayList<>();
        });
        return taken;
    }

    /// Keys that are worked for.
    int keys() {
        return waiting.size();
    }
}
