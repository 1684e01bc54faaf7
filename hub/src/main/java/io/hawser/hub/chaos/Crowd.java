package io.hawser.hub.chaos;

import java.io.IOException;
import java.util.ArrayList;
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

    private final List<T> all = new ArrayList<>();

    private Crowd() {}

    /// Opens all of them, or none.
    ///
    /// @throws IOException if one cannot be opened
    static <T extends AutoCloseable> Crowd<T> open(List<Callable<T>> each) throws IOException, InterruptedException {
        Crowd<T> crowd = new Crowd<>();
        IOException failure = null;
        for (Future<T> one : done(each)) {
            try {
                crowd.all.add(one.get());
            } catch (ExecutionException e) {
                if (failure == null) failure = new IOException("one of " + each.size() + " clients", e.getCause());
            }
        }
        if (failure == null) return crowd;
        crowd.close();
        throw failure;
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
        for (T each : all) {
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
