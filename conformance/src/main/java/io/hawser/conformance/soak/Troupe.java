package io.hawser.conformance.soak;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import io.hawser.UnexpectedStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Clients at work: each does its act, pauses, and does it again, until it is told to stop.
///
/// What a bad network does to a call is counted, and no fault; anything else that is thrown is.
///
/// Thread: one virtual thread for each act.
final class Troupe {
    private static final Duration LONGEST = Duration.ofSeconds(40);
    private static final Set<Integer> BUSY = Set.of(408, 429, 503);

    private final List<Thread> threads = new ArrayList<>();
    private final Semaphore stopped = new Semaphore(0);
    private final CountDownLatch mayClose = new CountDownLatch(1);
    private final Findings findings;
    private final Counts counts;
    private volatile boolean isOver;

    Troupe(Findings findings, Counts counts) {
        this.findings = findings;
        this.counts = counts;
    }

    /// @param pauseMillis between two times, on the average
    void start(Act act, SplittableRandom random, int pauseMillis) {
        threads.add(Thread.ofVirtual().name("soak-" + act.name()).start(() -> run(act, random, pauseMillis)));
    }

    private void run(Act act, SplittableRandom random, int pauseMillis) {
        try (act) {
            while (!isOver) {
                once(act, random);
                if (!isOver) TimeUnit.MILLISECONDS.sleep(random.nextInt(2 * pauseMillis + 1));
            }
            stopped.release();
            mayClose.await();
        } catch (InterruptedException e) {
            // It is over.
        }
    }

    private void once(Act act, SplittableRandom random) throws InterruptedException {
        try {
            Deadline.after(LONGEST).call(() -> {
                act.once(random);
                return act;
            });
            counts.add(act.name());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception failure) {
            if (isNetworks(failure)) counts.add(act.name() + ".interrupted");
            else findings.wrong(act.name() + ": " + trace(failure));
        }
    }

    private static boolean isNetworks(Exception failure) {
        return switch (failure) {
            case ConnectFailed _, ConnectionLost _, DeadlineExceeded _, SessionClosed _, Cancelled _, Rejected _ ->
                true;
            case UnexpectedStatus answer -> BUSY.contains(answer.status());
            case HawserException _ -> false;
            default -> false;
        };
    }

    private static String trace(Exception failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString().lines().limit(8).reduce("", (all, line) -> all + " | " + line.strip());
    }

    /// Lets each finish what it does, and waits for that. Their clients stay.
    void stop() throws InterruptedException {
        isOver = true;
        stopped.acquire(threads.size());
        stopped.release(threads.size());
    }

    /// Stops all, and waits until their clients are closed.
    void end() throws InterruptedException {
        stop();
        mayClose.countDown();
        for (Thread thread : threads) thread.join();
    }
}
