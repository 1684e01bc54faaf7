package io.hawser.conformance.msgi;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// The class path of the tests as an installation has it: a JVM that runs out of file descriptors still loads
/// classes from jars that it has open, and none from folders.
final class JarredClassPath {
    private JarredClassPath() {}

    /// Packs the folders of the class path into jars in `target`.
    static String in(Path target) throws IOException {
        StringBuilder packed = new StringBuilder();
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path entry = Path.of(each);
            if (Files.isDirectory(entry)) {
                entry = pack(entry, target.resolve("classes-" + packed.length() + ".jar"));
            }
            if (!packed.isEmpty()) packed.append(File.pathSeparator);
            packed.append(entry);
        }
        return packed.toString();
    }

    private static Path pack(Path folder, Path jar) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files) {
                out.putNextEntry(new JarEntry(folder.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
