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

/// Keeps a thread on one core, where the operating system is Linux.
///
/// Source: sched_setaffinity(2), called through the C library for the calling thread (pid 0).
final class CpuAffinity {
    private static final Logger LOG = LoggerFactory.getLogger(CpuAffinity.class);
    private static final AtomicBoolean SAID = new AtomicBoolean();

    /// Room for 8,192 cores, more than any kernel is built for.
    private static final int MASK_BYTES = 1024;

    private CpuAffinity() {}

    /// Keeps the calling thread on the core that comes `index`th, in turn, among those that it may use. Where that is
    /// not possible it does nothing, and says so once.
    static void pin(int index) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            sayOnce("it is there on Linux only");
            return;
        }
        try {
            setAffinity(core(allowed(), index));
        } catch (Throwable failure) {
            sayOnce(failure.toString());
        }
    }

    /// The `index`th of `allowed`, beginning anew after the last.
    static int core(BitSet allowed, int index) {
        return allowed.stream().skip(index % allowed.cardinality()).findFirst().orElseThrow();
    }

    private static BitSet allowed() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES);
            call("sched_getaffinity", mask);
            return BitSet.valueOf(mask.asByteBuffer());
        }
    }

    private static void setAffinity(int core) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES);
            byte bit = (byte) (1 << (core % 8));
            mask.set(ValueLayout.JAVA_BYTE, core / 8, bit);
            call("sched_setaffinity", mask);
        }
    }

    // Reached only when affinity was asked for, so native access is needed of nobody else.
    @SuppressWarnings("restricted")
    private static void call(String function, MemorySegment mask) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle handle = linker.downcallHandle(
                linker.defaultLookup().findOrThrow(function),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        int result = (int) handle.invokeExact(0, (long) MASK_BYTES, mask);
        if (result != 0) throw new IllegalStateException(function + " returned " + result);
    }

    private static void sayOnce(String why) {
        if (SAID.compareAndSet(false, true)) LOG.warn("CPU affinity has no effect: {}", why);
    }
}
