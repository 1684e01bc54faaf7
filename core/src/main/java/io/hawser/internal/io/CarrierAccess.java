package io.hawser.internal.io;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The three things of JDK 25 behind [LoopCarrier] that have no public name yet. They need `java.base/java.lang`
/// opened:
///
/// - the builder of virtual threads that takes a scheduler (`ThreadBuilders.VirtualThreadBuilder(Executor)`),
/// - the platform thread below a virtual one (`Thread.currentCarrierThread()`, an intrinsic that costs a load),
/// - the JDK's own scheduler (`VirtualThread.defaultScheduler()`).
final class CarrierAccess implements CarriedThreads {
    private static final Logger LOG = LoggerFactory.getLogger(CarrierAccess.class);

    // Static and final, so that the compiler sees through the method handles.
    private static final @Nullable MethodHandle NEW_BUILDER;
    private static final @Nullable MethodHandle CURRENT_CARRIER;
    private static final @Nullable Executor DEFAULT_SCHEDULER;
    private static final @Nullable Throwable MISSING;

    static {
        MethodHandle newBuilder = null;
        MethodHandle currentCarrier = null;
        Executor defaultScheduler = null;
        Throwable missing = null;
        try {
            MethodHandles.Lookup here = MethodHandles.lookup();
            Class<?> builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
            Class<?> virtual = Class.forName("java.lang.VirtualThread");
            newBuilder = MethodHandles.privateLookupIn(builder, here)
                    .findConstructor(builder, MethodType.methodType(void.class, Executor.class))
                    .asType(MethodType.methodType(Thread.Builder.OfVirtual.class, Executor.class));
            currentCarrier = MethodHandles.privateLookupIn(Thread.class, here)
                    .findStatic(Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
            defaultScheduler = (Executor) MethodHandles.privateLookupIn(virtual, here)
                    .findStatic(virtual, "defaultScheduler", MethodType.methodType(Executor.class))
                    .invoke();
        } catch (Throwable failure) {
            missing = failure;
        }
        NEW_BUILDER = newBuilder;
        CURRENT_CARRIER = currentCarrier;
        DEFAULT_SCHEDULER = defaultScheduler;
        MISSING = missing;
    }

    /// Why it is not to be had, or null where it is.
    static @Nullable Throwable missing() {
        return MISSING;
    }

    @Override
    public Thread unstarted(Executor scheduler, Runnable body) {
        return configured(builder(scheduler)).unstarted(body);
    }

    /// Threads of the JDK's scheduler, also when made by a thread that a loop carries.
    static ThreadFactory ordinaryThreads() {
        Executor scheduler = DEFAULT_SCHEDULER;
        return configured(scheduler == null ? Thread.ofVirtual() : builder(scheduler))
                .factory();
    }

    private static Thread.Builder.OfVirtual configured(Thread.Builder.OfVirtual builder) {
        return builder.inheritInheritableThreadLocals(false).uncaughtExceptionHandler(CarrierAccess::log);
    }

    private static void log(Thread thread, Throwable failure) {
        LOG.error("A handler's code failed on {}", thread, failure);
    }

    private static Thread.Builder.OfVirtual builder(Executor scheduler) {
        MethodHandle handle = NEW_BUILDER;
        if (handle == null) throw new IllegalStateException(MISSING);
        try {
            return (Thread.Builder.OfVirtual) handle.invokeExact(scheduler);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// The platform thread that runs the caller; the caller itself where that cannot be told.
    static Thread currentCarrier() {
        MethodHandle handle = CURRENT_CARRIER;
        if (handle == null) return Thread.currentThread();
        try {
            return (Thread) handle.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// Runs on a virtual thread whose loop has stopped.
    static void continueElsewhere(Runnable continuation) {
        Executor scheduler = DEFAULT_SCHEDULER;
        if (scheduler == null) throw new IllegalStateException(MISSING);
        scheduler.execute(continuation);
    }
}
