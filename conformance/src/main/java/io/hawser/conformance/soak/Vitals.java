package io.hawser.conformance.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a process holds at one moment.
///
/// @param values by measure; of what this system does not tell there is none
record Vitals(Map<Measure, Double> values) {
    private static final double MIB = 1 << 20;
    private static final double KIB_OF_A_MIB = 1 << 10;

    Vitals {
        values = Map.copyOf(values);
    }

    /// Looks at the process, after a full collection of its heap.
    ///
    /// @param directBytes as it says itself
    static Vitals of(long pid, long directBytes) throws IOException, InterruptedException {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        values.put(Measure.HEAP, liveHeapBytes(pid) / MIB);
        values.put(Measure.DIRECT, directBytes / MIB);
        Path proc = Path.of("/proc", Long.toString(pid));
        if (Files.isReadable(proc.resolve("status"))) {
            List<String> status = Files.readAllLines(proc.resolve("status"));
            values.put(Measure.RESIDENT, field(status, "VmRSS:") / KIB_OF_A_MIB);
            values.put(Measure.THREADS, field(status, "Threads:"));
            values.put(Measure.DESCRIPTORS, OpenDescriptors.of(pid));
        }
        return new Vitals(values);
    }

    private static double field(List<String> status, String name) {
        for (String line : status) {
            if (line.startsWith(name)) {
                return Double.parseDouble(line.substring(name.length()).strip().split(" ", 2)[0]);
            }
        }
        return 0;
    }

    /// Bytes of live objects: the last line of the histogram, which is taken after a full collection.
    private static double liveHeapBytes(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        "-J-XX:+UseSerialGC",
                        "-J-XX:TieredStopAtLevel=1",
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> words = new ArrayList<>();
        try (BufferedReader out = jcmd.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("Total ")) words.addAll(List.of(line.strip().split(" +")));
            }
        }
        if (jcmd.waitFor() != 0 || words.size() < 3) throw new IOException("jcmd says nothing of process " + pid);
        return Double.parseDouble(words.get(2));
    }

    Vitals with(Measure measure, double value) {
        Map<Measure, Double> changed = new EnumMap<>(Measure.class);
        changed.putAll(values);
        changed.put(measure, value);
        return new Vitals(changed);
    }

    double of(Measure measure) {
        return values.getOrDefault(measure, Double.NaN);
    }
}
