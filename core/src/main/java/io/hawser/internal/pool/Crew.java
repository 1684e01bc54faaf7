package io.hawser.internal.pool;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Virtual threads with one purpose, which can be interrupted and waited for.
final class Crew {
    private final String name;
    private final Set<Thread> members = ConcurrentHashMap.newKeySet();

    Crew(String name) {
        this.name = name;
    }

    void start(Runnable work) {
        Thread member = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } finally {
                members.remove(Thread.currentThread());
            }
        });
        members.add(member);
        member.start();
    }

    void interrupt() {
        members.forEach(Thread::interrupt);
    }

    /// Waits for those that run, at most `longest` for all together.
    ///
    /// @return whether all have ended
    boolean join(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            for (Thread member : members) {
                if (member.equals(Thread.currentThread())) continue;
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (left.isPositive()) member.join(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return members.isEmpty();
    }
}
