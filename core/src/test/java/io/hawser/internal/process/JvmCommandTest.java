package io.hawser.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JvmCommandTest {
    private static final String CLASS_PATH = "java.class.path";

    @TempDir
    private Path folder;

    @Test
    void theProgramOfAJarIsRunByIt() throws IOException {
        Path jar = jarOf(JvmCommandTest.class.getName());
        assertThat(commandWith(jar.toString())).endsWith("-jar", jar.toString(), "an argument");
    }

    @Test
    void anythingElseIsRunByTheClassPath() throws IOException {
        Path jar = jarOf("some.other.Program");
        for (String classPath : List.of(jar.toString(), jar + System.getProperty("path.separator") + jar, "no.jar")) {
            assertThat(commandWith(classPath))
                    .endsWith("-cp", classPath, JvmCommandTest.class.getName(), "an argument")
                    .doesNotContain("-jar");
        }
    }

    @Test
    void whatMayCallNativeCodeMayDoSoThere() {
        boolean mayHere = JvmCommand.class.getModule().isNativeAccessEnabled();
        assertThat(JvmCommand.of(JvmCommandTest.class, List.of()).stream()
                        .filter(flag -> flag.startsWith("--enable-native-access"))
                        .count())
                .isEqualTo(mayHere ? 1 : 0);
    }

    private static List<String> commandWith(String classPath) {
        String real = System.getProperty(CLASS_PATH);
        System.setProperty(CLASS_PATH, classPath);
        try {
            return JvmCommand.of(JvmCommandTest.class, List.of("an argument"));
        } finally {
            System.setProperty(CLASS_PATH, real);
        }
    }

    private Path jarOf(String program) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, program);
        Path jar = folder.resolve(program + ".jar");
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
        return jar;
    }
}
