package io.hawser.internal.pool;

import io.hawser.internal.io.LoopCarrier;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/// Virtual threads with one purpose, which can be interrupted and waited for.
///
/// They are the JDK's also where a loop carries who starts them: opening a connection may read certificates.
final class Crew {
    private final ThreadFactory threads = LoopCarrier.ordinaryThreads();
    private final String name;
    private final Set<Thread> members = ConcurrentHashMap.newKeySet();

    Crew(String name) {
        this.name = name;
    }

    void start(Runnable work) {
        Thread member = threads.newThread(() -> {
            try {
                work.run();
            } finally {
                members.remove(Thread.currentThread());
            }
        });
        member.setName(name);
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
