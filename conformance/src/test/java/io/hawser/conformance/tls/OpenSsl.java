package io.hawser.conformance.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.hawser.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The program of that name, as the other side.
final class OpenSsl {
    private static final String CHOSEN = "Ciphersuite: ";

    /// What it would refuse itself, so that ours is asked.
    private static final String EVERYTHING = "ALL:@SECLEVEL=0";

    private OpenSsl() {}

    /// Skips the test where it is missing.
    static void require() throws InterruptedException {
        try {
            assertThat(run(List.of("openssl", "version")).exitCode()).isZero();
        } catch (IOException missing) {
            assertThat(System.getenv("CI")).as("openssl is missing").isNotEqualTo("true");
            abort("not tested against openssl, which is not here");
        }
    }

    private record Outcome(int exitCode, String out) {}

    private static Outcome run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out);
    }

    static void makeCertificates(Path folder) throws IOException, InterruptedException {
        Outcome made = run(List.of("sh", "tls-certificates.sh", folder.toString()));
        assertThat(made.exitCode()).as(made.out()).isZero();
    }

    /// The suites that it knows for a version such as `tls1_2`.
    static List<String> ciphers(String version) throws IOException, InterruptedException {
        String names = run(List.of("openssl", "ciphers", "-s", "-" + version, EVERYTHING))
                .out()
                .strip();
        return names.isEmpty() ? List.of() : Arrays.asList(names.split(":", -1));
    }

    /// What `server` chooses of these suites in that version, if it agrees to any.
    static Optional<String> agreed(Endpoint server, String version, List<String> offered)
            throws IOException, InterruptedException {
        String names = String.join(":", offered);
        List<String> command = new ArrayList<>(List.of(
                "openssl", "s_client", "-brief", "-" + version, "-connect", server.host() + ":" + server.port()));
        command.addAll(
                version.equals("tls1_3")
                        ? List.of("-ciphersuites", names)
                        : List.of("-cipher", names + ":@SECLEVEL=0"));
        Outcome outcome = run(command);
        if (outcome.exitCode() != 0) return Optional.empty();
        return outcome.out()
                .lines()
                .filter(line -> line.startsWith(CHOSEN))
                .map(line -> line.substring(CHOSEN.length()))
                .findFirst();
    }

    /// Whether `server` answers who asks it by HTTP with that certificate; with none if it is empty.
    static boolean isAnswered(Endpoint server, Path folder, String certificate)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("openssl", "s_client", "-quiet", "-connect", server.host() + ":" + server.port()));
        if (!certificate.isEmpty()) {
            String chain = certificate + ".pem";
            command.addAll(List.of("-cert", chain, "-cert_chain", chain, "-key", certificate + ".key"));
        }
        Path asked = Files.writeString(
                folder.resolve("request"), "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(asked.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out.contains("HTTP/1.1 204");
    }

    /// A server of HTTP with that certificate.
    record Server(Process process, int port) implements AutoCloseable {
        static Server start(Path folder, String certificate) throws IOException {
            Process process = new ProcessBuilder(
                            "openssl",
                            "s_server",
                            "-accept",
                            "127.0.0.1:0",
                            "-cert",
                            certificate + ".pem",
                            "-cert_chain",
                            certificate + ".pem",
                            "-key",
                            certificate + ".key",
                            "-cipher",
                            EVERYTHING,
                            "-www")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String line = Objects.requireNonNull(out.readLine(), "openssl s_server ended");
            while (!line.startsWith("ACCEPT ")) line = Objects.requireNonNull(out.readLine(), "openssl s_server ended");
            return new Server(process, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
