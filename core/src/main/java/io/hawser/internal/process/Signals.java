package io.hawser.internal.process;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signals of the operating system.
///
/// By `sun.misc.Signal`, which every JDK has and none has replaced. A shutdown hook would not do: the JVM that
/// a signal ends exits with 128 and the signal's number. By reflection because the compiler's warning about the
/// package can be neither fixed nor suppressed.
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /// What was done before with a signal, to be done again from [#close()] on.
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /// Runs `action` on a thread of its own whenever the process gets the signal, instead of what was done
    /// before.
    ///
    /// Where that cannot be (the signal is unknown to the system, or `-Xrs` keeps the JVM from it) a warning
    /// says so.
    ///
    /// @param name such as `TERM`
    public static Registration on(String name, Runnable action) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle run = lookup.findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(action);
            Object handling = MethodHandleProxies.asInterfaceInstance(
                    handlerType, MethodHandles.dropArguments(run, 0, signalType));
            Object signal = lookup.findConstructor(signalType, MethodType.methodType(void.class, String.class))
                    .invoke(name);
            MethodHandle handle = lookup.findStatic(
                    signalType, "handle", MethodType.methodType(handlerType, signalType, handlerType));
            Object before = handle.invoke(signal, handling);
            return () -> restore(name, handle, signal, before);
        } catch (Throwable e) {
            LOG.warn("SIG{} keeps its meaning: {}", name, e.toString());
            return () -> {};
        }
    }

    private static void restore(String name, MethodHandle handle, Object signal, Object before) {
        try {
            var _ = handle.invoke(signal, before);
        } catch (Throwable e) {
            LOG.warn("SIG{} keeps the meaning that it was given: {}", name, e.toString());
        }
    }
}
