package io.hawser.conformance.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a process has open.
public final class OpenDescriptors {
    private OpenDescriptors() {}

    /// All that is open but jars, which are opened when a class of theirs is first used; NaN where the system
    /// does not tell.
    public static double of(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid), "fd");
        if (!Files.isReadable(folder)) return Double.NaN;
        try (Stream<Path> open = Files.list(folder)) {
            return open.filter(each -> !isJar(each)).count();
        }
    }

    private static boolean isJar(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().endsWith(".jar");
        } catch (IOException closedMeanwhile) {
            return true;
        }
    }
}
