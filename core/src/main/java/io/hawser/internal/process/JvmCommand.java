package io.hawser.internal.process;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/// The command that runs another main class in a JVM like this one: the same `java`, flags, class path and
/// module path.
public final class JvmCommand {
    /// Flags that belong to one process: debuggers and agents listen on a port or write to a file.
    private static final List<String> OWN = List.of(
            "-agentlib:",
            "-agentpath:",
            "-javaagent:",
            "-Xrunjdwp",
            "-XX:AOTCacheOutput",
            "-XX:AOTConfiguration",
            "-XX:AOTMode",
            "-XX:StartFlightRecording",
            "-XX:ArchiveClassesAtExit",
            "-Dcom.sun.management.jmxremote",
            "-Xlog:gc",
            "-XX:OnOutOfMemoryError",
            "-Djdk.module.main");

    private JvmCommand() {}

    /// The command for a main class.
    ///
    /// @param mainClass the class in `module`, or on the class path where that is how this program was started
    public static List<String> of(Class<?> mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", isWindows() ? "java.exe" : "java")
                .toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> OWN.stream().noneMatch(flag::startsWith))
                .forEach(command::add);
        String classPath = System.getProperty("java.class.path", "");
        if (isProgram(classPath, mainClass)) {
            command.addAll(List.of("-jar", classPath));
        } else {
            addAccess(command);
            if (!classPath.isEmpty()) command.addAll(List.of("-cp", classPath));
            addMain(command, mainClass);
        }
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /// What a manifest may have allowed this process: to call native code, and the threads of the JDK.
    private static void addAccess(List<String> command) {
        Module here = JvmCommand.class.getModule();
        if (here.isNamed()) return;
        if (here.isNativeAccessEnabled()) addOnce(command, "--enable-native-access=ALL-UNNAMED");
        if (Object.class.getModule().isOpen("java.lang", here)) {
            addOnce(command, "--add-opens=java.base/java.lang=ALL-UNNAMED");
        }
    }

    private static void addOnce(List<String> command, String flag) {
        if (!command.contains(flag)) command.add(flag);
    }

    /// Whether `java -jar` runs that class: then its manifest counts, which says what may call native code, and
    /// an AOT cache that was made so fits.
    private static boolean isProgram(String classPath, Class<?> mainClass) {
        try (JarFile jar = new JarFile(classPath)) {
            Manifest manifest = jar.getManifest();
            return manifest != null
                    && mainClass.getName().equals(manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS));
        } catch (IOException none) {
            return false;
        }
    }

    private static void addMain(List<String> command, Class<?> mainClass) {
        Module module = mainClass.getModule();
        String program = System.getProperty("jdk.module.main", "");
        if (!module.isNamed()) {
            command.add(mainClass.getName());
            return;
        }
        if (!program.isEmpty()) command.addAll(List.of("--add-modules", program));
        command.addAll(List.of("-m", module.getName() + "/" + mainClass.getName()));
    }

    private static boolean isWindows() {
        return File.separatorChar == '\\';
    }
}
