package io.hawser.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The step of the build that makes picocli fit for the AOT cache, on a copy of the jar that the build gets.
final class NewerClassesTest {
    private static final String NOTICE = "META-INF/CHANGED.txt";

    @TempDir
    private Path folder;

    @Test
    void everyClassComesOutNewerWithTheSameMembersAndPassesTheVerifier() throws Exception {
        Path jar = picocli("a.jar");
        Map<String, byte[]> before = entries(jar);
        run(jar);
        Map<String, byte[]> after = entries(jar);
        assertThat(new String(after.remove(NOTICE), StandardCharsets.UTF_8)).contains("Changed by the build of Hawser");
        assertThat(after.keySet()).containsExactlyElementsOf(before.keySet());
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            int classes = 0;
            for (String name : after.keySet()) {
                if (!name.startsWith("picocli/") || !name.endsWith(".class")) {
                    assertThat(after.get(name)).as(name).isEqualTo(before.get(name));
                    continue;
                }
                ClassModel old = ClassFile.of().parse(before.get(name));
                ClassModel newer = ClassFile.of().parse(after.get(name));
                assertThat(old.majorVersion()).isLessThan(ClassFile.JAVA_6_VERSION);
                assertThat(newer.majorVersion()).isEqualTo(ClassFile.JAVA_8_VERSION);
                assertThat(members(newer)).isEqualTo(members(old));
                // To initialise is to verify first; those of terminals want jars that are not here.
                String type =
                        name.substring(0, name.length() - ".class".length()).replace('/', '.');
                assertThat(Class.forName(type, true, loader).getName()).isEqualTo(type);
                classes++;
            }
            assertThat(classes).isGreaterThan(200);
        }
    }

    @Test
    void whatComesOutIsTheSameEachTimeAndIsNotWrittenTwice() throws Exception {
        Path one = picocli("one.jar");
        Path other = picocli("other.jar");
        run(one);
        run(other);
        assertThat(one).hasSameBinaryContentAs(other);
        byte[] once = Files.readAllBytes(one);
        run(one);
        assertThat(one).hasBinaryContent(once);
    }

    private Path picocli(String name) throws Exception {
        Path jar = Path.of(CommandLine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Files.copy(jar, folder.resolve(name));
    }

    private static void run(Path jar) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Path.of("src/main/build/NewerClasses.java").toString(),
                        jar.toString())
                .redirectErrorStream(true)
                .start();
        String said = process.inputReader(StandardCharsets.UTF_8).readAllAsString();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static Map<String, byte[]> entries(Path jar) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                try (InputStream in = file.getInputStream(entry)) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return entries;
    }

    private static String members(ClassModel model) {
        return model.flags().flagsMask() + " " + model.fields() + " " + model.methods();
    }
}
