package io.hawser.hub.sim;

import io.hawser.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Virtual time, in which one event happens after another, and all chance.
///
/// Chance is a function of the seed, the moment and what it is asked about, and not of how often it was asked: so a
/// seed does the same again even where the order of two events in one moment is that of a hash table.
final class World implements TimeSource {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int REMEMBERED = 120;

    /// What is printed of what is noted, as it happens.
    private static final @Nullable String WATCHED = System.getProperty("hawser.sim.watch");

    private record Event(long at, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }

    private final long seed;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final ArrayDeque<String> trace = new ArrayDeque<>();
    private Duration clockStep = Duration.ZERO;
    private long now;
    private long scheduled;
    private long steps;
    private long digest;
    private @Nullable AssertionError failed;

    World(long seed) {
        this.seed = seed;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    /// The broker's clock, which nobody sets.
    Instant trueNow() {
        return START.plusNanos(now);
    }

    @Override
    public Instant now() {
        return trueNow().plus(clockStep);
    }

    /// An administrator sets the clocks of the nodes.
    void stepClock(Duration step) {
        clockStep = clockStep.plus(step);
    }

    @Override
    public void sleep(Duration duration) {
        throw new IllegalStateException("nothing may wait here");
    }

    long steps() {
        return steps;
    }

    /// A number from 0 to below `bound`.
    long random(long bound, Object about, Object detail) {
        long mixed = seed * 0x9E3779B97F4A7C15L + now * 0xBF58476D1CE4E5B9L + about.hashCode() * 0x94D049BB133111EBL;
        mixed += detail.hashCode() * 0xD6E8FEB86659FD93L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return Math.floorMod(mixed ^ mixed >>> 31, bound);
    }

    boolean chance(double probability, Object about, Object detail) {
        return random(1_000_000, about, detail) < probability * 1_000_000;
    }

    void after(long nanos, Runnable action) {
        events.add(new Event(now + Math.max(0, nanos), scheduled++, action));
    }

    static long millis(long millis) {
        return millis * 1_000_000;
    }

    /// Lets everything happen up to `end`.
    void runUntil(long end) {
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event next = events.remove();
            now = next.at();
            steps++;
            digest = digest * 31 + now;
            next.action().run();
            AssertionError found = failed;
            if (found != null) throw found;
        }
        now = Math.max(now, end);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is in no library that we have
    void note(String what, @Nullable Object... details) {
        String line = "%9.3f  %s".formatted(now / 1e9, what.formatted(details));
        if (WATCHED != null && line.contains(WATCHED)) System.out.println(line);
        trace.addLast(line);
        if (trace.size() > REMEMBERED) trace.removeFirst();
    }

    /// The same for two runs in which the same happened at the same time.
    long digest() {
        return digest;
    }

    /// What ends the run, even where somebody catches it.
    AssertionError failure(String what) {
        AssertionError failure = new AssertionError("seed " + seed + " at " + now / 1e9 + " s: " + what + "\n"
                + String.join("\n", trace) + "\nseed " + seed + ": " + what);
        failed = failure;
        return failure;
    }
}
