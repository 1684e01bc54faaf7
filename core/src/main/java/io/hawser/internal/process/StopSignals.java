package io.hawser.internal.process;

import io.hawser.DrainReport;
import io.hawser.Server;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ties one server to the signals that ask a process to end.
///
/// Thread: the signals come on threads of their own; the drain is the calling thread's.
public final class StopSignals {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    private final Server server;
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile boolean hurried;

    private StopSignals(Server server) {
        this.server = server;
    }

    /// Blocks until the server has stopped.
    ///
    /// @return the exit code
    public static int serve(Server server, Duration grace) {
        StopSignals signals = new StopSignals(server);
        try (var _ = Signals.on("TERM", signals::signalled);
                var _ = Signals.on("INT", signals::signalled)) {
            return signals.await(grace);
        }
    }

    private synchronized void signalled() {
        if (asked.getCount() > 0) {
            asked.countDown();
        } else if (!hurried) {
            hurried = true;
            LOG.warn("a second signal: the drain ends now");
            Thread.ofVirtual().name("hawser-hurry").start(server::close);
        }
    }

    private int await(Duration grace) {
        Thread stopped = Thread.ofVirtual().name("hawser-run").start(() -> {
            server.awaitStop();
            asked.countDown();
        });
        try {
            asked.await();
            return stop(grace);
        } catch (InterruptedException e) {
            int code = stop(grace);
            Thread.currentThread().interrupt();
            return code;
        } finally {
            stopped.interrupt();
        }
    }

    /// Drains, or waits for the stop that somebody else has begun.
    ///
    /// @return the exit code
    private int stop(Duration grace) {
        try {
            if (server.isRunning()) {
                LOG.info("draining, for {} s at most", grace.toSeconds());
                DrainReport report = server.drain(grace);
                LOG.info("drained: {} connections finished, {} cut", report.completed(), report.cut());
            } else {
                server.awaitStop();
            }
            return hurried ? 1 : 0;
        } catch (RuntimeException e) {
            LOG.error("the server did not stop as it should", e);
            return 1;
        }
    }
}
