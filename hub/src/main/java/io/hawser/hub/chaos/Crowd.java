package io.hawser.hub.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Many things that are opened and closed some at a time, since one after another would take long.
///
/// Thread: one at a time.
final class Crowd<T extends AutoCloseable> implements AutoCloseable {
    private static final int AT_ONCE = 64;

    private final List<T> all = Collections.synchronizedList(new ArrayList<>());

    private Crowd() {}

    /// Opens all of them, or none.
    ///
    /// @throws IOException if one cannot be opened
    static <T extends AutoCloseable> Crowd<T> open(List<Callable<T>> each) throws IOException, InterruptedException {
        Crowd<T> crowd = new Crowd<>();
        boolean isOpen = false;
        try {
            for (Future<Boolean> one : done(each.stream().map(crowd::added).toList())) {
                var _ = one.get();
            }
            isOpen = true;
            return crowd;
        } catch (ExecutionException e) {
            throw new IOException("not all of " + each.size() + " could be opened: " + e.getCause(), e.getCause());
        } finally {
            if (!isOpen) crowd.close();
        }
    }

    private Callable<Boolean> added(Callable<T> one) {
        return () -> all.add(one.call());
    }

    private static <T> List<Future<T>> done(List<Callable<T>> each) throws InterruptedException {
        try (ExecutorService some =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            return some.invokeAll(each);
        }
    }

    Stream<T> stream() {
        return all.stream();
    }

    @Override
    public void close() {
        List<Callable<Void>> ends = new ArrayList<>();
        for (T each : List.copyOf(all)) {
            ends.add(() -> {
                each.close();
                return null;
            });
        }
        try {
            var _ = done(ends);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
