package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.DISCONNECT;
import static io.hawser.conformance.msgi.MsgiPeer.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What only a whole process shows: its ready line, its signals, its exit codes.
@Timeout(300)
final class ServeProcessTest {
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its processes get no signals from outside")
    void aSignalDrainsItAndItEndsWithZero(String signal) throws Exception {
        try (ServeProcess serve = ServeProcess.start("--port", "0", "--bare", "echo", "--node", "n-1")) {
            String ready = serve.readyLine();
            assertThat(ready)
                    .matches(
                            "hawser ready 127\\.0\\.0\\.1:[1-9][0-9]* http/1.1 h2 websocket msgi transport=(io_uring|epoll|nio) pid="
                                    + serve.process().pid() + " node=n-1");
            try (MsgiPeer peer = MsgiPeer.connect(ServeProcess.endpoint(ready))) {
                peer.echoes(noise(1000));
                serve.signal(signal);
                peer.expectGoodbye(DISCONNECT, 4501);
            }
            ServeProcess.Outcome outcome = serve.awaitEnd();
            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
            assertThat(outcome.out()).isEmpty();
        }
    }

    /// Pain 11: whoever has a connection is answered, and told that it was the last answer.
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its processes get no signals from outside")
    @SuppressWarnings("try") // an early close, to see all failures
    void aSignalUnderLoadFailsNoRequest() throws Exception {
        try (ServeProcess serve = ServeProcess.start("--port", "0");
                RequestLoop load = RequestLoop.keeping(ServeProcess.endpoint(serve.readyLine()), 8)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> load.answered() > 1000);
            serve.signal("TERM");
            ServeProcess.Outcome outcome = serve.awaitEnd();
            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
            load.close();
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is started by a shell")
    void eachRequestIsALineWhereTheEnvironmentAsksForThat(@TempDir Path folder) throws Exception {
        String before = "export HAWSER_LOG=warn HAWSER_LOG_FORMAT=text HAWSER_ACCESS_LOG=";
        try (ServeProcess serve = ServeProcess.startAfter(before + "common", folder, "--port", "0")) {
            String at = "http://" + ServeProcess.endpoint(serve.readyLine());
            for (int i = 0; i < 30; i++)
                assertThat(status(URI.create(at + "/json?i=" + i))).isEqualTo(200);
            assertThat(status(URI.create(at + "/none"))).isEqualTo(404);
            serve.signal("TERM");
            String err = serve.awaitEnd().err();
            for (int i = 0; i < 30; i++) assertThat(err).contains("] \"GET /json?i=" + i + " HTTP/1.1\" 200 27");
            assertThat(err).contains("] \"GET /none HTTP/1.1\" 404 ");
        }
        try (ServeProcess serve = ServeProcess.startAfter(
                before + "pretty", Files.createDirectory(folder.resolve("another")), "--port", "0")) {
            failedWithOneLine(serve.awaitEnd(), 1, "HAWSER_ACCESS_LOG 'pretty'");
        }
    }

    @Test
    void aPortInUseIsOneLineAndExitCodeOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            ServeProcess.Outcome outcome = ServeProcess.run("--port", Integer.toString(taken.getLocalPort()));
            failedWithOneLine(outcome, 1, "127.0.0.1:" + taken.getLocalPort());
            assertThat(outcome.err()).contains("--port");
        }
    }

    @Test
    void aCertificateThatCannotBeReadIsOneLineAndExitCodeOne(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("missing.pem");
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        failedWithOneLine(
                ServeProcess.run("--port", "0", "--tls-cert", missing.toString(), "--tls-key", empty.toString()),
                1,
                missing.toString());
        failedWithOneLine(
                ServeProcess.run("--port", "0", "--tls-cert", empty.toString(), "--tls-key", empty.toString()),
                1,
                empty.toString());
    }

    @Test
    void aFileOfASecretThatCannotBeUsedIsOneLineAndExitCodeOne(@TempDir Path folder) throws Exception {
        String missing = folder.resolve("missing").toString();
        String empty = Files.createFile(folder.resolve("empty")).toString();
        String brief =
                Files.writeString(folder.resolve("brief"), "15 bytes of key").toString();
        failedWithOneLine(
                ServeProcess.run("--port", "0", "--nats", "nats://127.0.0.1:1", "--cluster-key-file", brief), 1, brief);
        for (String file : new String[] {missing, empty}) {
            failedWithOneLine(ServeProcess.run("--port", "0", "--admin-token-file", file), 1, file);
            failedWithOneLine(
                    ServeProcess.run("--port", "0", "--nats", "nats://127.0.0.1:1", "--cluster-key-file", file),
                    1,
                    file);
            Path config = Files.writeString(
                    folder.resolve("hub.conf"),
                    "hub.auth.jwt { algorithms = [ES256], key_set = \"%s\" }".formatted(file));
            failedWithOneLine(ServeProcess.run("--port", "0", "--config", config.toString()), 1, file);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--port, 65536, port 65536",
        "--port, x, '--port'",
        "--host, [::1, '[::1'",
        "--threads, -1, threads",
        "--max-connections, 0, maxConnections 0",
        "--bare, loud, '--bare'",
        "--handlers, threads, '--handlers'",
        "--transport, pigeon, '--transport'",
        "--node, two words, two words",
        "--tls-cert, a.pem, '--tls-key'",
        "--no-such-option, x, '--no-such-option'",
    })
    void aWrongOptionIsOneLineAndExitCodeTwo(String option, String value, String named)
            throws IOException, InterruptedException {
        failedWithOneLine(ServeProcess.run(option, value), 2, named);
    }

    @Test
    void aFileThatDoesNotFitIsOneLineWithLineAndKeyAndExitCodeOne(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("hub.conf"), "hub {\n  topcs {}\n  lisen = 1\n}");
        failedWithOneLine(ServeProcess.run("--config", file.toString()), 1, file + ":2: hub.topcs");
        failedWithOneLine(ServeProcess.run("--config", folder.resolve("none").toString()), 1, "none: no such file");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its processes get no signals from outside")
    void hangUpReadsTheFileAgainAndOptionsStillCountFirst(@TempDir Path folder) throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("public")).resolve("a.txt"), "from a file");
        Path file = Files.writeString(folder.resolve("hub.conf"), "hub.listen = \"127.0.0.1:1\"");
        try (ServeProcess serve = ServeProcess.start("--config", file.toString(), "--port", "0", "--node", "n-1")) {
            URI at = URI.create("http://" + ServeProcess.endpoint(serve.readyLine()) + "/site/a.txt");
            assertThat(status(at)).isEqualTo(404);
            Files.writeString(file, "hub { files = [ { path = \"/site\", root = public } ], server.node = n-2 }");
            serve.signal("HUP");
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> status(at) == 200);
            Files.writeString(file, "hub { files = [], nonsense = 1 }");
            serve.signal("HUP");
            serve.signal("TERM");
            ServeProcess.Outcome outcome = serve.awaitEnd();
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.err()).contains("now in force: hub.files").doesNotContain("restart");
        }
    }

    @Test
    void aFileThatChangesIsReadAgain(@TempDir Path folder) throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("public")).resolve("a.txt"), "from a file");
        Path file = Files.writeString(folder.resolve("hub.conf"), "hub.listen = \"127.0.0.1:0\"");
        try (ServeProcess serve = ServeProcess.start("--config", file.toString())) {
            URI at = URI.create("http://" + ServeProcess.endpoint(serve.readyLine()) + "/site/a.txt");
            assertThat(status(at)).isEqualTo(404);
            Files.writeString(
                    file, "hub { listen = \"127.0.0.1:0\", files = [ { path = \"/site\", root = public } ] }");
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> status(at) == 200);
            serve.signal("TERM");
            ServeProcess.Outcome outcome = serve.awaitEnd();
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.err()).contains("now in force: hub.files");
        }
    }

    private static int status(URI at) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) at.toURL().openConnection();
        connection.setReadTimeout(30_000);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private static void failedWithOneLine(ServeProcess.Outcome outcome, int exitCode, String named) {
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains(named);
    }
}
