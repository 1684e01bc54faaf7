package io.hawser.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CpuAffinityTest {
    private final IoConfig config =
            IoConfig.defaults().withName("affinity-test").withAffinity(true);

    @Test
    void coresAreTakenInTurnFromThoseAllowed() {
        BitSet allowed = new BitSet();
        allowed.set(2);
        allowed.set(5);
        allowed.set(7);
        assertThat(List.of(0, 1, 2, 3, 1023))
                .extracting(index -> CpuAffinity.core(allowed, index))
                .containsExactly(2, 5, 7, 2, 2);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void eachLoopKeepsToOneCoreAndNobodyInheritsThat() throws InterruptedException {
        String all = allowedCores();
        int cores = count(all);
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (NettyIoThreads io = NettyIoThreads.start(config.withThreads(cores + 1))) {
            String[] ofLoops = new String[cores + 1];
            for (int i = 0; i <= cores; i++) {
                io.loops().get(i).execute(() -> seen.add(allowedCores()));
                ofLoops[i] = seen.poll(30, TimeUnit.SECONDS);
            }
            assertThat(ofLoops).allMatch(list -> list.matches("\\d+"));
            assertThat(ofLoops[cores]).isEqualTo(ofLoops[0]);
            assertThat(Arrays.stream(ofLoops).distinct()).hasSize(cores);

            io.next().execute(() -> io.post(() -> seen.add(allowedCores())));
            assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(all);

            Dispatch virtual = io.dispatch(ExecutionMode.VIRTUAL);
            IoLoop loop = io.next();
            for (int i = 0; i < 50; i++) loop.execute(() -> virtual.run(loop, () -> seen.add(allowedCores())));
            for (int i = 0; i < 50; i++)
                assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(all);
        }
    }

    /// How many there are in a list like `0-3,8`.
    private static int count(String cores) {
        return Arrays.stream(cores.split(","))
                .map(range -> range.split("-"))
                .mapToInt(ends -> Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1)
                .sum();
    }

    /// As the kernel has it for the platform thread that runs the caller.
    private static String allowedCores() {
        try {
            return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                    .filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
