package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.CONTROL;
import static io.hawser.conformance.msgi.MsgiPeer.DATA;
import static io.hawser.conformance.msgi.MsgiPeer.DISCONNECT;
import static io.hawser.conformance.msgi.MsgiPeer.PING;
import static io.hawser.conformance.msgi.MsgiPeer.PONG;
import static io.hawser.conformance.msgi.MsgiPeer.cbor;
import static io.hawser.conformance.msgi.MsgiPeer.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Endpoint;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `serve --workers`: several processes on one port, killed, rolled, drained and orphaned.
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no listening socket can be handed from process to process there")
final class WorkersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private int greetings;

    /// A peer that has said hello, and which worker it is with.
    private record Greeted(MsgiPeer peer, String sid, String node) {}

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) each.close();
    }

    private ServeProcess serve() throws IOException {
        ServeProcess serve = ServeProcess.start("--port", "0", "--workers", "2", "--node", "n", "--threads", "1");
        opened.addFirst(serve);
        return serve;
    }

    /// The workers of a supervisor, in the order in which they were started.
    private static List<ProcessHandle> workers(ServeProcess serve) {
        return serve.process()
                .children()
                .sorted(Comparator.comparing((ProcessHandle worker) ->
                                worker.info().startInstant().orElse(Instant.MAX))
                        .thenComparingLong(ProcessHandle::pid))
                .toList();
    }

    private static boolean areNew(ServeProcess serve, List<ProcessHandle> before) {
        List<ProcessHandle> now = workers(serve);
        return now.size() == 2 && now.stream().noneMatch(before::contains);
    }

    private Greeted greet(Endpoint hub) throws IOException {
        MsgiPeer peer = MsgiPeer.connect(hub);
        opened.addFirst(peer);
        JsonNode welcome = peer.greet("tester");
        greetings++;
        String token = welcome.path("resume").asString();
        byte[] fields = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return new Greeted(
                peer,
                welcome.path("sid").asString(),
                new String(fields, StandardCharsets.UTF_8).lines().findFirst().orElseThrow());
    }

    /// Connects until it is with the worker of that node.
    private Greeted greet(Endpoint hub, String node) throws IOException {
        for (int i = 0; i < 2000; i++) {
            Greeted greeted = greet(hub);
            if (greeted.node().equals(node)) return greeted;
            opened.removeFirst();
            greeted.peer().close();
        }
        throw new AssertionError("2,000 connections, and none is with " + node);
    }

    /// The next map; pings, which come where a test takes long, are answered.
    private static JsonNode next(Greeted who) throws IOException {
        MsgiPeer.Received received = who.peer().read();
        while (received.type() == PING) {
            who.peer().write(frame(PONG, received.payload()));
            received = who.peer().read();
        }
        return received.cbor();
    }

    private static JsonNode control(Greeted who, Map<String, ?> request) throws IOException {
        who.peer().write(cbor(CONTROL, request));
        return next(who);
    }

    private static JsonNode publish(Greeted who, String text) throws IOException {
        who.peer().write(cbor(DATA, Map.of("id", 4, "pub", Map.of("topic", "room.1", "d", text))));
        return next(who).path("pub");
    }

    private static JsonNode pushed(Greeted who, String text) throws IOException {
        JsonNode push = next(who).path("pub");
        assertThat(push.path("d").asString()).isEqualTo(text);
        return push;
    }

    @Test
    void workersAreOneHubAndOneThatIsKilledIsReplacedWithoutTheOthersNoticing() throws Exception {
        ServeProcess serve = serve();
        String ready = serve.readyLine();
        assertThat(ready)
                .matches(
                        "hawser ready 127\\.0\\.0\\.1:[1-9][0-9]* http/1.1 .*websocket msgi transport=(epoll|kqueue) pid="
                                + serve.process().pid() + " node=n");
        Endpoint hub = ServeProcess.endpoint(ready);
        Greeted ann = greet(hub, "n.1");
        Greeted bob = greet(hub, "n.2");
        assertThat(control(bob, Map.of("id", 2, "sub", Map.of("topic", "room.1")))
                        .has("sub"))
                .isTrue();
        JsonNode first = publish(ann, "from n.1");
        assertThat(pushed(bob, "from n.1").path("o")).isEqualTo(first.path("o"));
        ann.peer().write(cbor(DATA, Map.of("id", 5, "send", Map.of("to", bob.sid(), "d", "psst"))));
        JsonNode sent = next(ann);
        assertThat(sent.has("ok")).as(sent.toString()).isTrue();
        assertThat(next(bob).path("msg").path("d").asString()).isEqualTo("psst");
        JsonNode who = control(ann, Map.of("id", 7, "who", Map.of("topic", "room.1")));
        assertThat(who.toString()).contains(bob.sid());

        // Those whose connection went count as long as they may come back.
        String sessions = "hawser_workers_sessions " + greetings + ".0";
        await().atMost(Duration.ofSeconds(40)).until(() -> metrics(hub).contains(sessions));
        ProcessHandle killed = workers(serve).getFirst();
        assertThat(killed.destroyForcibly()).isTrue();
        for (int i = 0; i < 20; i++) {
            bob.peer().write(cbor(DATA, Map.of("id", 4, "pub", Map.of("topic", "room.1", "d", "m" + i))));
            String one = next(bob).toString();
            Set<String> came = Set.of(one, next(bob).toString());
            assertThat(came)
                    .anyMatch(each -> each.contains("\"d\":\"m"))
                    .anyMatch(each -> each.contains("\"dup\":false"));
        }
        await().atMost(PATIENCE)
                .until(() -> workers(serve).size() == 2 && !workers(serve).contains(killed));
        Greeted cid = greetWhenReady(hub, "n.3");
        JsonNode recovered = control(
                cid,
                Map.of(
                        "id",
                        2,
                        "sub",
                        Map.of(
                                "topic",
                                "room.1",
                                "pos",
                                Map.of(
                                        "e",
                                        first.path("e").asString(),
                                        "o",
                                        first.path("o").asLong(),
                                        "g",
                                        first.path("g").asString()))));
        assertThat(recovered.path("sub").path("recovered").asBoolean())
                .as(recovered.toString())
                .isTrue();
        for (int i = 0; i < 20; i++) pushed(cid, "m" + i);
    }

    /// Of whichever worker answers.
    private static String metrics(Endpoint hub) throws IOException {
        return get(hub, "/metrics");
    }

    private static String get(Endpoint hub, String path) throws IOException {
        try (Socket socket = new Socket(hub.host(), hub.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Greeted greetWhenReady(Endpoint hub, String node) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> greet(hub, node), greeted -> greeted.node().equals(node));
    }

    @Test
    void aRollUnderLoadAndADrainFailNoRequest() throws Exception {
        ServeProcess serve = serve();
        Endpoint hub = ServeProcess.endpoint(serve.readyLine());
        List<ProcessHandle> before = workers(serve);
        assertThat(before).hasSize(2);
        try (RequestLoop load = RequestLoop.start(hub, 4)) {
            await().atMost(PATIENCE).until(() -> load.answered() > 100);
            serve.signal("USR2");
            await().atMost(PATIENCE).until(() -> areNew(serve, before));
            long then = load.answered();
            await().atMost(PATIENCE).until(() -> load.answered() > then + 100);
            assertThat(load.failures()).isEmpty();
        }
        Greeted ann = greet(hub);
        serve.signal("TERM");
        JsonNode goaway = next(ann);
        assertThat(goaway.path("goaway").path("code").asInt())
                .as(goaway.toString())
                .isEqualTo(4501);
        ann.peer().expectGoodbye(DISCONNECT, 4501);
        ServeProcess.Outcome outcome = serve.awaitEnd();
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void aSessionOutlivesTheRollOfItsWorkerWithWhatWasNotAcknowledged() throws Exception {
        ServeProcess serve = serve();
        Endpoint hub = ServeProcess.endpoint(serve.readyLine());
        List<ProcessHandle> before = workers(serve);
        MsgiPeer ann = MsgiPeer.connect(hub);
        opened.addFirst(ann);
        JsonNode welcome = ann.greet("ann");
        String sid = welcome.path("sid").asString();
        Greeted bob = greet(hub);
        bob.peer().write(cbor(DATA, Map.of("id", 5, "send", Map.of("to", sid, "d", "psst"))));
        assertThat(next(bob).has("ok")).isTrue();
        assertThat(ann.readMap(DATA).path("msg").path("d").asString()).isEqualTo("psst");
        serve.signal("USR2");
        assertThat(ann.readMap(CONTROL).has("goaway")).isTrue();
        ann.expectGoodbye(DISCONNECT, 4501);
        // By then the worker that had the session is gone, and perhaps the one that it gave it to.
        await().atMost(PATIENCE).until(() -> areNew(serve, before));
        try (MsgiPeer back = MsgiPeer.connect(hub)) {
            String token = welcome.path("resume").asString();
            back.write(cbor(CONTROL, Map.of("id", 1, "hello", Map.of("resume", token, "s", 0))));
            JsonNode again = back.readMap(CONTROL).path("welcome");
            assertThat(again.path("resumed").asBoolean()).as(again.toString()).isTrue();
            assertThat(again.path("sid").asString()).isEqualTo(sid);
            assertThat(back.readMap(DATA).path("msg").path("d").asString()).isEqualTo("psst");
        }
    }

    /// The workers read what the supervisor is told to read; a signal that would end a JVM ends none of them.
    @Test
    void aChangedConfigurationReachesTheWorkers(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("hub.conf"), "hub.files = []");
        Path site = Files.createDirectory(folder.resolve("site"));
        Files.writeString(site.resolve("page.txt"), "here it is");
        ServeProcess serve =
                ServeProcess.start("--port", "0", "--workers", "2", "--threads", "1", "--config", file.toString());
        opened.addFirst(serve);
        Endpoint hub = ServeProcess.endpoint(serve.readyLine());
        List<ProcessHandle> workers = workers(serve);
        assertThat(get(hub, "/site/page.txt")).startsWith("HTTP/1.1 404");
        Files.writeString(file, "hub.files = [ { path = \"/site\", root = \"" + site + "\" } ]");
        serve.signal("HUP");
        // Whichever worker answers.
        for (int i = 0; i < 20; i++) {
            await().atMost(PATIENCE).until(() -> get(hub, "/site/page.txt").endsWith("here it is"));
        }
        assertThat(workers(serve)).isEqualTo(workers);
    }

    @Test
    void nobodyAndNothingIsLeftWhenTheSupervisorIsKilled(@TempDir Path folder) throws Exception {
        ServeProcess serve = ServeProcess.startIn(folder, "--port", "0", "--workers", "2", "--tls-self-signed");
        opened.addFirst(serve);
        serve.readyLine();
        List<ProcessHandle> workers = workers(serve);
        assertThat(workers).hasSize(2);
        assertThat(folder).isDirectoryContaining(WorkersTest::isOfSupervisor);
        serve.process().destroyForcibly().onExit().join();
        await().atMost(PATIENCE).until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(folder).isDirectoryNotContaining(WorkersTest::isOfSupervisor);
    }

    private static boolean isOfSupervisor(Path file) {
        return file.getFileName().toString().startsWith("hawser-");
    }

    @Test
    void whatIsWrongIsSaidOnce() throws Exception {
        ServeProcess.Outcome none = ServeProcess.run("--port", "0", "--workers", "0");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err().lines()).hasSize(1).first().asString().contains("workers 0");
        ServeProcess.Outcome missing = ServeProcess.run(
                "--port", "0", "--workers", "2", "--tls-cert", "missing.pem", "--tls-key", "missing.pem");
        assertThat(missing.exitCode()).as(missing.err()).isEqualTo(1);
        assertThat(missing.err().lines()).hasSize(1).first().asString().contains("missing.pem");
    }
}
