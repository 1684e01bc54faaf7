package io.hawser.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/// Where and when figures were taken: without it they mean nothing.
record Machine(
        String processor, int cores, String system, String congestion, String jvm, String date, String loadAverage) {

    static Machine here() {
        return new Machine(
                firstLine("/proc/cpuinfo", "model name"),
                countCores(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                firstLine("/proc/sys/net/ipv4/tcp_congestion_control", ""),
                System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"),
                LocalDate.now(ZoneOffset.UTC).toString(),
                currentLoad());
    }

    /// For the head of a table.
    String toMarkdown() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores; %s; congestion control %s; %s; %s; load average before the run %s",
                processor,
                cores,
                system,
                congestion,
                jvm,
                date,
                loadAverage);
    }

    /// All of them, whichever this process may run on.
    private static int countCores() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            long listed = lines.filter(line -> line.startsWith("processor")).count();
            if (listed > 0) return Math.toIntExact(listed);
        } catch (IOException _) {
            // Elsewhere nothing is pinned.
        }
        return Runtime.getRuntime().availableProcessors();
    }

    private static String currentLoad() {
        var fields = firstLine("/proc/loadavg", "").split(" ", 4);
        return fields.length < 4 ? "unknown" : fields[0] + " " + fields[1] + " " + fields[2];
    }

    private static String firstLine(String file, String prefix) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
