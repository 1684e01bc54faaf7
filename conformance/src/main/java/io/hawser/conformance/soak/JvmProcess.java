package io.hawser.conformance.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A JVM with the classes of this one, and a heap whose size does not change, so that what grows is seen.
record JvmProcess(Process process, String name) implements AutoCloseable {
    private static final int STOP_SECONDS = 30;

    /// Starts one.
    ///
    /// @param errors where its standard error goes
    /// @param lines told of each line of its standard output
    static JvmProcess start(String name, String mainClass, List<String> arguments, Path errors, Consumer<String> lines)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms160m",
                "-Xmx160m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("HAWSER_LOG", "error");
        Process process = builder.start();
        Thread.ofPlatform().daemon().name("output of " + name).start(() -> read(process, lines));
        return new JvmProcess(process, name);
    }

    private static void read(Process process, Consumer<String> lines) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) lines.accept(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void say(String line) throws IOException {
        var input = process.outputWriter(StandardCharsets.UTF_8);
        input.write(line + "\n");
        input.flush();
    }

    /// Closes its input, which ends one that reads it, and waits for that.
    ///
    /// @return whether it ended by itself, with exit code 0
    boolean endByInput() throws IOException, InterruptedException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        return hasEndedWell();
    }

    /// Ends it as a deploy does, and waits for that.
    ///
    /// @return whether it ended with exit code 0
    boolean endBySignal() throws InterruptedException {
        process.destroy();
        return hasEndedWell();
    }

    private boolean hasEndedWell() throws InterruptedException {
        return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
