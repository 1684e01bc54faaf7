package io.hawser.conformance.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.hawser.conformance.msgi.ServeProcess;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A hub that has lost its name server, with servers behind it that it knows by name. A process gets a name
/// server of its own in a mount namespace, which root may make, and anybody where the system has namespaces
/// for users.
@Timeout(300)
@EnabledOnOs(value = OS.LINUX, disabledReason = "only there a process has files of its own to see")
final class UpstreamNamesTest {
    @TempDir
    private Path folder;

    /// What makes a mount namespace here.
    private static final Optional<String> UNSHARE = Stream.of("unshare -m", "unshare -rm")
            .filter(UpstreamNamesTest::works)
            .findFirst();

    private static boolean works(String unshare) {
        try {
            return new ProcessBuilder((unshare + " true").split(" ")).start().waitFor() == 0;
        } catch (IOException | InterruptedException none) {
            return false;
        }
    }

    @BeforeAll
    static void mayMount() {
        if (UNSHARE.isPresent()) return;
        System.err.println("SKIPPED: no mount namespace can be made here");
        abort("no mount namespace can be made here");
    }

    /// A hub that asks `names`, with one server behind it whose name is known there, and one that nobody
    /// asked for yet.
    private ServeProcess serve(NameServer names, int port) throws IOException {
        Path resolv =
                Files.writeString(folder.resolve("resolv.conf"), "port " + names.port() + "\nnameserver 127.0.0.1\n");
        Path config = Files.writeString(folder.resolve("hub.conf"), """
                hub.upstreams {
                  known { path = "/known", endpoints = ["http://known.example:%d"] }
                  unknown { path = "/unknown", endpoints = ["http://unknown.example:%d"] }
                }
                """.formatted(port, port));
        String before = "exec " + UNSHARE.orElseThrow() + " sh -c 'mount --bind " + resolv
                + " /etc/resolv.conf && exec \"$@\"' sh \"$@\"";
        return ServeProcess.startAfter(before, folder, "--port", "0", "--config", config.toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "FAILS", "AWAY"})
    void whatItKnewItStillReachesWhatItDidNotIsABadGatewayAndTheRestGoesOn(NameServer.State state) throws Exception {
        // Each call is a connection of its own, for which the name is looked up.
        try (NameServer names = new NameServer();
                HttpServer behind = HttpServer.start(
                        ListenConfig.on("127.0.0.1:0"),
                        HttpConfig.defaults(),
                        request -> Response.text("open").withHeader("Connection", "close"));
                ServeProcess hub = serve(names, behind.endpoint().port())) {
            Http http = new Http(ServeProcess.endpoint(hub.readyLine()));
            assertThat(http.get("/known/").is(200).body()).isEqualTo("open");
            names.become(state);
            Thread.sleep(1_100);
            for (int i = 0; i < 3; i++) {
                assertThat(http.get("/known/").is(200).body()).isEqualTo("open");
                http.get("/plaintext").is(200);
            }
            int status = http.get("/unknown/").status();
            assertThat(status).isIn(502, 504);
            assertThat(http.get("/known/").is(200).body()).isEqualTo("open");
            hub.signal("TERM");
            assertThat(hub.awaitEnd().err()).contains("unknown.example");
        }
    }
}
