package io.hawser.internal.process;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
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
            // A proxy, and not a method handle as an interface: that is generated anew at each start, and slowly.
            Object handling = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(),
                    new Class<?>[] {handlerType},
                    (itself, method, arguments) -> handled(action, itself, method, arguments));
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            Method handle = signalType.getMethod("handle", signalType, handlerType);
            @Nullable Object before = handle.invoke(null, signal, handling);
            return () -> restore(name, handle, signal, before);
        } catch (ReflectiveOperationException e) {
            LOG.warn("SIG{} keeps its meaning: {}", name, reason(e));
            return () -> {};
        }
    }

    private static @Nullable Object handled(
            Runnable action, Object itself, Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "equals" -> arguments != null && itself == arguments[0];
            case "hashCode" -> System.identityHashCode(itself);
            default -> "handler of a signal";
        };
    }

    private static void restore(String name, Method handle, Object signal, @Nullable Object before) {
        try {
            var _ = handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
            LOG.warn("SIG{} keeps the meaning that it was given: {}", name, reason(e));
        }
    }

    private static String reason(ReflectiveOperationException e) {
        Throwable cause = e.getCause();
        return cause == null ? e.toString() : cause.toString();
    }
}
