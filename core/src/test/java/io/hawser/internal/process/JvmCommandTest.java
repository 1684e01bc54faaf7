package io.hawser.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
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
    void whatThisProcessMayDoThatOneMayAndNothingIsSaidTwice() {
        boolean mayCallNative = JvmCommand.class.getModule().isNativeAccessEnabled();
        boolean isOpen = Object.class.getModule().isOpen("java.lang", JvmCommand.class.getModule());
        List<String> command = JvmCommand.of(JvmCommandTest.class, List.of());
        assertThat(Collections.frequency(command, "--enable-native-access=ALL-UNNAMED"))
                .isEqualTo(mayCallNative ? 1 : 0);
        assertThat(Collections.frequency(command, "--add-opens=java.base/java.lang=ALL-UNNAMED"))
                .isEqualTo(isOpen ? 1 : 0);
        assertThat(command).doesNotHaveDuplicates();
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
