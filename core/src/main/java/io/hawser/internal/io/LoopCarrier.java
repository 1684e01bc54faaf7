package io.hawser.internal.io;

import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs handlers on virtual threads that the event loop itself carries.
///
/// Started or woken, such a thread takes its place in the loop's queue, behind the sockets that the loop is
/// looking at: so the answers of many connections are written one after another, which costs their peers
/// fewer wake-ups than a flush in each connection's turn. Only when its loop has stopped, or waited for a
/// lock for over 100 ms, does it run on with the JDK's scheduler until it next waits; so [#carries] is asked
/// anew after whatever may have waited.
///
/// Netty does not know of it: to Netty `inEventLoop()` is false on such a thread, and a channel's write goes
/// through the loop's queue. And while it waits, the loop serves other connections; so where [#carries] says
/// yes, what belongs to the loop may be touched without a lock, but must not be left half changed across a
/// wait.
///
/// The hazards are listed at [io.hawser.io.ExecutionMode#LOOP_CARRIER].
public final class LoopCarrier implements Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(LoopCarrier.class);
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private final CarriedThreads threads;
    private final Dispatch elsewhere;

    private LoopCarrier(CarriedThreads threads, Dispatch elsewhere) {
        this.threads = threads;
        this.elsewhere = elsewhere;
    }

    /// The dispatch, or `elsewhere` where this JVM does not let loops carry virtual threads; the first such
    /// call says so in the log.
    static Dispatch orElse(Dispatch elsewhere) {
        Throwable missing = unavailability();
        if (missing == null) return new LoopCarrier(new CarrierAccess(), elsewhere);
        if (SAID.compareAndSet(false, true)) {
            LOG.warn(
                    "Handlers run as VIRTUAL in place of LOOP_CARRIER, which needs"
                            + " --add-opens java.base/java.lang=ALL-UNNAMED: {}",
                    missing.toString());
        }
        return elsewhere;
    }

    private static @Nullable Throwable unavailability() {
        try {
            // Starts the threads that wait for the JDK's sockets. If the first to use one were a virtual thread that a
            // loop carries, they would inherit the carrier.
            Class.forName("sun.nio.ch.Poller");
        } catch (ClassNotFoundException | LinkageError e) {
            return e;
        }
        return CarrierAccess.missing();
    }

    /// Whether the calling code runs on the thread of `loop`: in place, or on a virtual thread that it carries.
    public static boolean carries(EventLoop loop) {
        return loop instanceof IoLoop own ? CarrierAccess.currentCarrier().equals(own.thread()) : loop.inEventLoop();
    }

    /// Virtual threads of the JDK's scheduler, also where a loop carries the calling code: for what may hold
    /// its carrier for long.
    public static ThreadFactory ordinaryThreads() {
        return CarrierAccess.ordinaryThreads();
    }

    /// As `loop.execute`, without waking a loop that is what runs the calling code: it looks at its queue
    /// before it waits.
    public static void execute(EventLoop loop, Runnable task) {
        if (loop instanceof IoLoop own && carries(own)) own.lazyExecute(task);
        else loop.execute(task);
    }

    @Override
    public void run(EventLoop loop, Runnable work) {
        if (loop instanceof IoLoop own) {
            CarriedTask.start(threads, own, work);
        } else {
            elsewhere.run(loop, work); // an embedded channel's loop has no thread that could carry
        }
    }
}
