package io.hawser.internal.process;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
        if (!classPath.isEmpty()) command.addAll(List.of("-cp", classPath));
        addMain(command, mainClass);
        command.addAll(arguments);
        return List.copyOf(command);
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
