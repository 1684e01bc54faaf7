package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ConnectFailed;
import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.tcp.ListenConfig;
import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsKeyLogTest {
    private static final String LINE = "[A-Z0-9_]+ [0-9a-f]{64} [0-9a-f]{64,96}";

    @TempDir
    private Path folder;

    private final Tls identity = Tls.selfSigned();
    private final Tls client =
            Tls.client().withTrustPem(identity.certificatePem()).withProvider(Tls.Provider.OPENSSL);

    @BeforeEach
    void thereIsOpenSsl() {
        Assumptions.assumeTrue(OpenSsl.isAvailable(), "no OpenSSL here");
    }

    @Test
    void theSecretsOfAConnectionAreAddedToTheFileOfItsClient() throws IOException {
        Path keys = folder.resolve("keys.log");
        Files.writeString(keys, "# from before\n");
        chmod(keys, "rw-------");
        call(client.withProtocols(Tls.Protocol.TLS_1_3).withKeyLog(keys));

        List<String> lines = Files.readAllLines(keys);
        assertThat(lines.getFirst()).isEqualTo("# from before");
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.matches(LINE));
        assertThat(lines.subList(1, lines.size()).stream().map(line -> line.split(" ", -1)[0]))
                .contains(
                        "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                        "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                        "CLIENT_TRAFFIC_SECRET_0",
                        "SERVER_TRAFFIC_SECRET_0");
        // All of one connection: of one client random.
        assertThat(lines.subList(1, lines.size()).stream()
                        .map(line -> line.split(" ", -1)[1])
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aNewFileIsForItsOwnerOnly() throws IOException {
        Assumptions.assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path keys = folder.resolve("keys.log");
        call(client.withProtocols(Tls.Protocol.TLS_1_2).withKeyLog(keys));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(keys)).matches("CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}\n");
    }

    @Test
    void nothingIsWrittenUnlessItIsAskedFor() throws IOException {
        assertThat(Tls.client().keyLog()).isEmpty();
        call(client);
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aKeyLogThatCannotBeKeptMeansNoConnection() {
        Path keys = folder.resolve("keys.log");
        assertThatThrownBy(() -> call(client.withProvider(Tls.Provider.JDK).withKeyLog(keys)))
                .isInstanceOf(ConnectFailed.class)
                .hasRootCauseInstanceOf(StartupFailed.class)
                .hasMessageContaining("provider OPENSSL");
        assertThatThrownBy(
                        () -> call(client.withKeyLog(folder.resolve("missing").resolve("keys.log"))))
                .isInstanceOf(ConnectFailed.class)
                .hasMessageContaining("missing");
    }

    @Test
    void aFileThatOthersMayReadAndALinkMeanNoConnection() throws IOException {
        Assumptions.assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path keys = Files.createFile(folder.resolve("keys.log"));
        Path link = Files.createSymbolicLink(folder.resolve("link.log"), keys);
        chmod(keys, "rw-------");
        assertIsRefused(link);
        chmod(keys, "rw-r-----");
        assertIsRefused(keys);
        assertThat(keys).isEmptyFile();
    }

    private void assertIsRefused(Path keys) {
        assertThatThrownBy(() -> call(client.withKeyLog(keys)))
                .isInstanceOf(ConnectFailed.class)
                .hasRootCauseInstanceOf(StartupFailed.class)
                .hasMessageContaining("chmod 600");
    }

    private static void chmod(Path file, String permissions) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }

    private void call(Tls tls) {
        try (HttpServer server = HttpServer.start(
                        ListenConfig.on("127.0.0.1:0").withTls(identity),
                        HttpConfig.defaults(),
                        _ -> Response.text("secret"));
                HttpClient caller = HttpClient.open(HttpClientConfig.defaults().withTls(tls))) {
            assertThat(caller.get("https://" + server.endpoint() + "/").text()).isEqualTo("secret");
        }
    }
}
