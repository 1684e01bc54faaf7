package io.hawser.testkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException;
import io.hawser.Rejected;
import io.hawser.http.Body;
import io.hawser.http.HttpCall;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpPoolConfig;
import io.hawser.http.HttpTimeouts;
import io.hawser.http.Response;
import io.hawser.testkit.Script;
import io.hawser.testkit.ScriptedPeer;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What users of clients suffer from, one test each; [HostileAnswersTest] has the tenth.
class ClientPainsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final Script ANSWERS =
            Script.of().repeat(1_000_000, Script.of().readHead().send(OK));

    private static HttpClient client(ScriptedPeer peer) {
        return HttpClient.open(config(peer));
    }

    private static HttpClientConfig config(ScriptedPeer peer) {
        return HttpClientConfig.to("http://" + peer.endpoint());
    }

    // 1

    @Test
    void fiveHundredParallelFirstCallsOpenNoMoreConnectionsThanTheLimit() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(ANSWERS);
                HttpClient client = HttpClient.open(
                        config(peer).withPool(HttpPoolConfig.defaults().withMaxPerOrigin(6)));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch together = new CountDownLatch(1);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                answers.add(threads.submit(() -> {
                    together.await();
                    return client.get("/").text();
                }));
            }
            together.countDown();
            for (Future<String> answer : answers) assertThat(answer.get()).isEqualTo("hi");
            assertThat(peer.accepted()).isBetween(1, 6);
        }
    }

    @Test
    void theFirstConnectionIsOpenedAlone() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        Script first = Script.of()
                .readHead()
                .await(answered)
                .send(OK)
                .repeat(1000, Script.of().readHead().send(OK));
        try (ScriptedPeer peer = ScriptedPeer.start(first, ANSWERS);
                HttpClient client = client(peer)) {
            assertThat(client.get("/").timeout(Duration.ofSeconds(30)).toString())
                    .isEqualTo("GET " + client.config().baseUrl().get() + "/");
            Thread caller = Thread.startVirtualThread(() -> client.get("/").text());
            await().until(() -> peer.heard().contains("GET /"));
            assertThat(peer.accepted()).isEqualTo(1);
            answered.countDown();
            caller.join();
            assertThat(client.get("/").text()).isEqualTo("hi");
            assertThat(peer.accepted()).isEqualTo(1);
        }
    }

    // 4

    private static final Script ANSWERS_THEN_CLOSES =
            Script.of().readHead().send(OK).readHead().reset();

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
    void anIdempotentCallOnAConnectionThatTheServerJustClosedIsMadeOnceMore(String method) throws Exception {
        String ok = method.equals("HEAD") ? OK.substring(0, OK.length() - 2) : OK;
        Script second = Script.of().readHead().send(ok);
        try (ScriptedPeer peer = ScriptedPeer.start(ANSWERS_THEN_CLOSES, second);
                HttpClient client = client(peer)) {
            assertThat(client.get("/").text()).isEqualTo("hi");
            assertThat(client.request(io.hawser.http.Method.of(method), "/again")
                            .status())
                    .isEqualTo(200);
            assertThat(peer.accepted()).isEqualTo(2);
        }
    }

    @Test
    void aPostIsMadeOnceMoreOnlyWithAKeyAndABodyThatCanBeReadAgain() throws Exception {
        Script post = Script.of().readHead().send(OK).readUntil("body").reset();
        try (ScriptedPeer peer =
                        ScriptedPeer.start(post, Script.of().readUntil("body").send(OK), post, post, ANSWERS);
                HttpClient client = client(peer)) {
            assertThat(client.get("/").text()).isEqualTo("hi");
            HttpCall keyed = client.post("/").header("Idempotency-Key", "1").text("body");
            assertThat(keyed.text()).isEqualTo("hi");
            assertThat(peer.accepted()).isEqualTo(2);

            assertThat(client.get("/").text()).isEqualTo("hi");
            assertThat(peer.accepted()).isEqualTo(3);
            assertThatThrownBy(() -> client.post("/").text("body").text()).isInstanceOf(ConnectionLost.class);

            assertThat(client.get("/").text()).isEqualTo("hi");
            assertThat(peer.accepted()).isEqualTo(4);
            Body once = Body.of(new ByteArrayInputStream(Bytes.ofUtf8("body").toArray()), 4);
            assertThatThrownBy(() -> client.post("/")
                            .header("Idempotency-Key", "2")
                            .body(once)
                            .text())
                    .isInstanceOf(ConnectionLost.class);
            assertThat(peer.accepted()).isEqualTo(4);
        }
    }

    @Test
    void aFreshConnectionThatIsClosedIsNotTriedAgain() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(Script.of().readHead().reset());
                HttpClient client = client(peer)) {
            assertThatThrownBy(() -> client.get("/").text())
                    .isInstanceOfSatisfying(
                            ConnectionLost.class,
                            lost -> assertThat(lost.processed()).isEqualTo(HawserException.Processed.MAYBE));
            assertThat(peer.accepted()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatDiedIdleIsNoticedBeforeItIsUsed() throws Exception {
        Script once = Script.of().readHead().send(OK).shutdownOutput().readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(once);
                HttpClient client = client(peer)) {
            for (int i = 1; i <= 5; i++) {
                assertThat(client.post("/").text()).isEqualTo("hi");
                int opened = i;
                assertThat(peer.accepted()).isEqualTo(opened);
                // The end of the connection is on its way, and a POST would not be made again.
                Thread.sleep(50);
            }
        }
    }

    @Test
    void aConnectionIsNotUsedBeyondTheServersKeepAlive() throws Exception {
        String brief = "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nhi";
        Script answers = Script.of().repeat(100, Script.of().readHead().send(brief));
        try (ScriptedPeer peer = ScriptedPeer.start(answers);
                HttpClient client = client(peer)) {
            assertThat(client.get("/").text()).isEqualTo("hi");
            Thread.sleep(600);
            assertThat(client.get("/").text()).isEqualTo("hi");
            assertThat(peer.accepted()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerThatEndsTheConnectionEndsIt() throws Exception {
        String last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi";
        try (ScriptedPeer peer =
                        ScriptedPeer.start(Script.of().readHead().send(last).readToEnd());
                HttpClient client = client(peer)) {
            for (int i = 1; i <= 3; i++) {
                assertThat(client.post("/").text()).isEqualTo("hi");
                assertThat(peer.accepted()).isEqualTo(i);
            }
        }
    }

    @Test
    void aCallThatSaysCloseEndsItsConnection() throws Exception {
        Script last = Script.of()
                .readUntil("Connection: close\r\n\r\n")
                .send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi");
        try (ScriptedPeer peer = ScriptedPeer.start(last);
                HttpClient client = client(peer)) {
            for (int i = 1; i <= 2; i++) {
                assertThat(client.get("/").header("Connection", "close").text()).isEqualTo("hi");
                assertThat(peer.accepted()).isEqualTo(i);
            }
        }
    }

    // 5

    @Test
    void callersThatAreInterruptedAtRandomLoseNoConnection() throws Exception {
        Script slow = Script.of()
                .repeat(
                        1_000_000,
                        Script.of().readHead().pause(Duration.ofMillis(1)).send(OK));
        HttpClientConfig.defaults();
        try (ScriptedPeer peer = ScriptedPeer.start(slow);
                HttpClient client = HttpClient.open(
                        config(peer).withPool(HttpPoolConfig.defaults().withMaxPerOrigin(4)))) {
            SplittableRandom random = new SplittableRandom(42);
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                callers.add(Thread.startVirtualThread(() -> {
                    try {
                        client.get("/").text();
                    } catch (Cancelled | DeadlineExceeded left) {
                        // which is what the test is about
                    }
                }));
            }
            while (!callers.isEmpty()) {
                int index = random.nextInt(callers.size());
                Thread caller = callers.set(index, callers.getLast());
                callers.removeLast();
                caller.interrupt();
                if (random.nextInt(8) == 0) Thread.sleep(0, 100_000);
                caller.join();
            }
            // All four are there to be used, at once.
            CountDownLatch together = new CountDownLatch(4);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<String>> answers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    answers.add(threads.submit(() -> {
                        together.countDown();
                        together.await();
                        return client.get("/").text();
                    }));
                }
                for (Future<String> answer : answers) assertThat(answer.get()).isEqualTo("hi");
            }
            await().until(() -> peer.mostOpen() <= 4 + 64);
        }
    }

    @Test
    void aCallerThatIsInterruptedIsCancelledAndItsConnectionClosed() throws Exception {
        Script silent = Script.of().readHead().readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(silent, ANSWERS);
                HttpClient client = HttpClient.open(
                        config(peer).withPool(HttpPoolConfig.defaults().withMaxPerOrigin(1)))) {
            List<Throwable> thrown = new ArrayList<>();
            Thread caller = Thread.startVirtualThread(() -> {
                try {
                    client.get("/").text();
                } catch (Cancelled cancelled) {
                    if (Thread.currentThread().isInterrupted()) thrown.add(cancelled);
                }
            });
            await().until(() -> peer.heard().contains("GET /"));
            caller.interrupt();
            caller.join();
            assertThat(thrown).hasSize(1);
            assertThat(client.get("/").text()).isEqualTo("hi");
        }
    }

    // 6

    @Test
    void aBodyThatIsNeverClosedGivesItsPlaceBack() throws Exception {
        Script begins = Script.of()
                .readHead()
                .send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")
                .readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(begins, ANSWERS);
                HttpClient client = HttpClient.open(config(peer)
                        .withPool(HttpPoolConfig.defaults().withMaxPerOrigin(1))
                        .withTimeouts(HttpTimeouts.defaults().withPool(Duration.ofSeconds(30))))) {
            forget(client);
            Thread collector = Thread.startVirtualThread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    System.gc();
                    try {
                        Thread.sleep(100);
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            });
            assertThat(client.get("/").text()).isEqualTo("hi");
            collector.interrupt();
            assertThat(peer.accepted()).isEqualTo(2);
        }
    }

    private static void forget(HttpClient client) {
        Response response = client.get("/").send();
        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsClosedBeforeItsEndGivesItsPlaceBack() throws Exception {
        Script begins = Script.of()
                .readHead()
                .send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")
                .readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(begins, begins, ANSWERS);
                HttpClient client = HttpClient.open(
                        config(peer).withPool(HttpPoolConfig.defaults().withMaxPerOrigin(1)))) {
            for (int i = 0; i < 2; i++) {
                try (Body body = client.get("/").send().body()) {
                    assertThat(body.read()).isEqualTo(Bytes.ofUtf8("abc"));
                }
            }
            assertThat(client.get("/").text()).isEqualTo("hi");
        }
    }

    // time limits

    @Test
    void aServerThatIsSilentIsGivenUpByName() throws Exception {
        HttpTimeouts brief = HttpTimeouts.defaults()
                .withFirstByte(Duration.ofMillis(200))
                .withIdle(Duration.ofMillis(200))
                .withPool(Duration.ofMillis(200));
        Script silent = Script.of().readHead().readToEnd();
        Script pausing = Script.of()
                .readHead()
                .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
                .readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(silent, pausing, silent);
                HttpClient client = HttpClient.open(config(peer)
                        .withTimeouts(brief)
                        .withPool(HttpPoolConfig.defaults().withMaxPerOrigin(1)))) {
            late(() -> client.get("/").text(), "the first byte of an answer");
            late(() -> client.get("/").text(), "more of the answer");
            Thread other = Thread.startVirtualThread(() -> {
                try {
                    client.get("/held").timeout(Duration.ofSeconds(30)).status();
                } catch (HawserException expected) {
                    // it is interrupted below, or late
                }
            });
            await().until(() -> peer.heard().contains("/held"));
            HttpClient patient = client;
            assertThatThrownBy(() -> {
                        while (true)
                            patient.get("/").timeout(Duration.ofMillis(50)).text();
                    })
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasMessageContaining("a connection of pool");
            other.interrupt();
            other.join();
        }
    }

    @Test
    void aDeadlineEndsWhateverPhaseThereIs() throws Exception {
        Script silent = Script.of().readHead().readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(silent);
                HttpClient client = client(peer)) {
            late(() -> client.get("/").timeout(Duration.ofMillis(100)).text(), "the answer of");
            late(
                    () -> Deadline.within(
                            Duration.ofMillis(100), () -> client.get("/").text()),
                    "the answer of");
        }
    }

    @Test
    void aServerThatTakesNothingOfARequestIsGivenUp() throws Exception {
        HttpTimeouts brief = HttpTimeouts.defaults().withWriteStall(Duration.ofMillis(500));
        Script deaf = Script.of().pause(Duration.ofSeconds(60));
        try (ScriptedPeer peer = ScriptedPeer.start(deaf);
                HttpClient client = HttpClient.open(config(peer).withTimeouts(brief))) {
            Body large = Body.of(Bytes.wrap(new byte[64 << 20]));
            late(() -> client.post("/").body(large).text(), "to take more of a request");
        }
    }

    private static void late(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String phase) {
        assertThatThrownBy(call).isInstanceOf(DeadlineExceeded.class).hasMessageContaining(phase);
    }

    @Test
    void closingTheClientEndsTheCallsUnderWay() throws Exception {
        Script silent = Script.of().readHead().readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(silent)) {
            HttpClient client = client(peer);
            List<Throwable> thrown = new ArrayList<>();
            Thread caller = Thread.startVirtualThread(() -> {
                try {
                    client.get("/").text();
                } catch (HawserException failure) {
                    thrown.add(failure);
                }
            });
            await().until(() -> peer.heard().contains("GET /"));
            client.close();
            caller.join();
            assertThat(thrown).singleElement().isInstanceOf(Cancelled.class);
            assertThatThrownBy(() -> client.get("/").text()).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void nothingThatACallerSaysAddsAField() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(ANSWERS);
                HttpClient client = client(peer)) {
            HttpCall call = client.get("/");
            assertThatThrownBy(() -> call.header("X", "a\r\nEvil: b")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> call.header("X\r\nEvil", "b")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.get("/ HTTP/1.1\r\nEvil: b")).isInstanceOf(IllegalArgumentException.class);
            assertThat(client.get("/")
                            .query("q", "a b\r\nEvil: c")
                            .header("Content-Length", "7")
                            .text())
                    .isEqualTo("hi");
            assertThat(peer.heard())
                    .startsWith("GET /?q=a+b%0D%0AEvil%3A+c HTTP/1.1\r\n")
                    .doesNotContain("Content-Length");
        }
    }
}
