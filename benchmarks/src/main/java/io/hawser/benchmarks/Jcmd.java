package io.hawser.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What another JVM says of itself when asked from outside.
final class Jcmd {
    private static final Pattern ALLOCATED = Pattern.compile(" allocated=([0-9]+)([BKMGT])\\b");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");

    private Jcmd() {}

    /// Bytes that all live platform threads of a JVM have allocated, with three significant digits or more for each;
    /// what virtual threads allocate counts for their carriers.
    static long allocatedBytes(long pid) throws IOException, InterruptedException {
        return allocatedBytes(ask(pid, "Thread.print", "-e"));
    }

    static long allocatedBytes(String threadDump) {
        if (!ALLOCATED.matcher(threadDump).find()) {
            throw new IllegalArgumentException("a thread dump without what threads have allocated");
        }
        return ALLOCATED
                .matcher(threadDump)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)) << (10 * "BKMGT".indexOf(found.group(2))))
                .sum();
    }

    /// Bytes of live objects, after a full collection.
    static long liveHeapBytes(long pid) throws IOException, InterruptedException {
        return liveHeapBytes(ask(pid, "GC.class_histogram"));
    }

    static long liveHeapBytes(String histogram) {
        var total = TOTAL.matcher(histogram);
        if (!total.find()) throw new IllegalArgumentException("a class histogram without a total");
        return Long.parseLong(total.group(1));
    }

    private static String ask(long pid, String... command) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of(Workbench.jdkTool("jcmd"), Long.toString(pid)));
        line.addAll(List.of(command));
        return Workbench.run(line.toArray(String[]::new));
    }
}
