package io.hawser.internal.io;

import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs handlers on virtual threads that the event loop itself carries.
///
/// Started on the loop's thread, such a thread runs at once, within the call, and the call returns when it ends or
/// first
/// waits. Woken, it takes its place in the loop's queue. It never runs anywhere else while its loop lives, so
/// what [#carries] answers holds until the code returns, through all its waits.
///
/// Netty does not know of it: to Netty `inEventLoop()` is false on such a thread, and a channel's write goes through
/// the loop's queue. And between any two of its statements that can wait, the loop serves other connections; so what
/// belongs to the loop may be touched without a lock, but must not be left half changed across a wait.
///
/// The hazards are listed at [io.hawser.io.ExecutionMode#LOOP_CARRIER].
public final class LoopCarrier implements Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(LoopCarrier.class);
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private final CarriedThreads threads;

    LoopCarrier(CarriedThreads threads) {
        this.threads = threads;
    }

    /// Whether the calling code runs on the thread of `loop`: in place, or on a virtual thread that it carries.
    public static boolean carries(EventLoop loop) {
        return loop instanceof IoLoop own ? CarrierAccess.currentCarrier().equals(own.thread()) : loop.inEventLoop();
    }

    /// Whether this JVM lets loops carry virtual threads. Where not, the first call says so in the log.
    static boolean isAvailable() {
        Throwable missing = CarrierAccess.missing();
        if (missing != null && SAID.compareAndSet(false, true)) {
            LOG.warn(
                    "Handlers run as VIRTUAL instead of LOOP_CARRIER, which needs"
                            + " --add-opens java.base/java.lang=ALL-UNNAMED: {}",
                    missing.toString());
        }
        return missing == null;
    }

    @Override
    public void run(EventLoop loop, Runnable work) {
        if (loop instanceof IoLoop own) {
            CarriedTask.start(threads, own, work);
        } else {
            CarrierAccess.ordinaryThreads().newThread(work).start(); // an embedded channel's loop has no thread
        }
    }
}
