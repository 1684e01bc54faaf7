package io.hawser.hub;

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

    /// Runs `action` on a thread of its own whenever the process gets the signal, instead of what the JVM would
    /// do.
    ///
    /// Where that cannot be (the signal is unknown to the system, or `-Xrs` keeps the JVM from it) a warning
    /// says so.
    ///
    /// @param name such as `TERM`
    public static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle run = lookup.findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(action);
            Object handling =
                    MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(run, 0, signal));
            Object of = lookup.findConstructor(signal, MethodType.methodType(void.class, String.class))
                    .invoke(name);
            lookup.findStatic(signal, "handle", MethodType.methodType(handler, signal, handler))
                    .invoke(of, handling);
        } catch (Throwable e) {
            LOG.warn("SIG{} will end the process at once: {}", name, e.toString());
        }
    }
}
