package io.hawser.internal.io;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a thread on one core, where the operating system is Linux; elsewhere it does nothing and says so once.
///
/// Linux hands the restriction on to every thread that a restricted one starts, and the JDK starts the carriers of
/// virtual threads, and the threads of a fork-join pool, from whichever thread gives them work. So those lift it again
/// with [#unpin] before they run anything.
///
/// Source: sched_setaffinity(2), through the C library; an id of 0 is the calling thread.
final class CpuAffinity {
    private static final Logger LOG = LoggerFactory.getLogger(CpuAffinity.class);
    private static final AtomicBoolean SAID = new AtomicBoolean();

    /// Room for 8,192 cores, the most that a Linux kernel is built for.
    private static final long MASK_BYTES = 1024;

    private CpuAffinity() {}

    /// Keeps the calling thread on the core that comes `index`th, in turn, among those that the process may use.
    static void pin(int index) {
        restrict(allowed -> {
            BitSet one = new BitSet();
            one.set(core(allowed, index));
            return one;
        });
    }

    /// Lets the calling thread use all cores that the process may use.
    static void unpin() {
        restrict(allowed -> allowed);
    }

    /// The `index`th of `allowed`, beginning anew after the last.
    static int core(BitSet allowed, int index) {
        return allowed.stream()
                .skip(index % allowed.cardinality())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the process may use no core"));
    }

    @FunctionalInterface
    private interface Choice {
        BitSet from(BitSet allowed);
    }

    private static void restrict(Choice choice) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            sayOnce("it is there on Linux only");
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES);
            // The process's first thread, since the calling one may have inherited a restriction of ours.
            call("sched_getaffinity", (int) ProcessHandle.current().pid(), mask);
            byte[] chosen = choice.from(BitSet.valueOf(mask.asByteBuffer())).toByteArray();
            mask.fill((byte) 0).asSlice(0, chosen.length).copyFrom(MemorySegment.ofArray(chosen));
            call("sched_setaffinity", 0, mask);
        } catch (Throwable failure) {
            sayOnce(failure.toString());
        }
    }

    // Reached only when affinity was asked for, so native access is needed of nobody else.
    @SuppressWarnings("restricted")
    private static void call(String function, int thread, MemorySegment mask) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle handle = linker.downcallHandle(
                linker.defaultLookup().findOrThrow(function),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        int result = (int) handle.invokeExact(thread, MASK_BYTES, mask);
        if (result != 0) throw new IllegalStateException(function + " returned " + result);
    }

    private static void sayOnce(String why) {
        if (SAID.compareAndSet(false, true)) LOG.warn("CPU affinity has no effect: {}", why);
    }
}
