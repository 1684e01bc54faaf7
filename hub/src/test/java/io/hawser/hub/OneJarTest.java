package io.hawser.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The step of the build that makes one runnable jar, on small ones.
@Timeout(120)
final class OneJarTest {
    @TempDir
    private Path folder;

    @Test
    void oneJarHasWhatAClassPathOfThemWouldFind() throws Exception {
        jar(
                "hub.jar",
                Map.of(Name.CLASS_PATH, "lib/a.jar lib/b.jar", Name.MAIN_CLASS, "Hub"),
                Map.of("Hub.class", "hub"));
        Files.createDirectory(folder.resolve("lib"));
        jar(
                "lib/a.jar",
                Map.of(),
                Map.of(
                        "a/Same.class", "of a",
                        "META-INF/LICENSE", "terms of a",
                        "META-INF/services/Service", "a.Provider",
                        "META-INF/versions/11/a/Not.class", "not asked for",
                        "module-info.class", "module a"));
        jar(
                "lib/b.jar",
                Map.of(Name.MULTI_RELEASE, "true"),
                Map.of(
                        "a/Same.class", "of b",
                        "META-INF/versions/9/a/Same.class", "newer, of b",
                        "META-INF/versions/9/b/Newer.class", "newer",
                        "META-INF/license/LICENSE.other.txt", "terms of another",
                        "META-INF/services/Service", "b.Provider # the other\n",
                        "META-INF/KEY.SF", "signature",
                        "b/NOTICE.class", "a class"));
        Path one = run("one.jar");
        assertThat(entries(one))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Hub.class", "hub",
                        "a/Same.class", "of a",
                        "META-INF/licenses/a/LICENSE", "terms of a",
                        "META-INF/licenses/b/LICENSE.other.txt", "terms of another",
                        "META-INF/services/Service", "a.Provider\nb.Provider # the other\n",
                        "META-INF/versions/9/b/Newer.class", "newer",
                        "b/NOTICE.class", "a class"));
        try (JarFile jar = new JarFile(one.toFile())) {
            assertThat(jar.getManifest().getMainAttributes())
                    .containsEntry(Name.MAIN_CLASS, "Hub")
                    .doesNotContainKey(Name.CLASS_PATH);
            assertThat(jar.isMultiRelease()).isTrue();
        }
        assertThat(run("again.jar")).hasSameBinaryContentAs(one);
    }

    private void jar(String name, Map<Name, String> attributes, Map<String, String> entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        attributes.forEach(manifest.getMainAttributes()::put);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(folder.resolve(name)), manifest)) {
            for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private Path run(String name) throws IOException, InterruptedException {
        Path written = folder.resolve(name);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Path.of("src/main/build/OneJar.java").toString(),
                        folder.resolve("hub.jar").toString(),
                        written.toString())
                .redirectErrorStream(true)
                .start();
        String said = process.inputReader(StandardCharsets.UTF_8).readAllAsString();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return written;
    }

    private static Map<String, String> entries(Path jar) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (entry.getName().equals(JarFile.MANIFEST_NAME)) continue;
                try (InputStream in = file.getInputStream(entry)) {
                    entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return entries;
    }
}
