package io.hawser.conformance.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Endpoint;
import io.hawser.conformance.msgi.MsgiPeer;
import io.hawser.conformance.msgi.ServeProcess;
import io.hawser.conformance.rest.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Floods of what the hub itself does, not of frames and heads: it stays up, others are served meanwhile,
/// and what it holds afterwards is what it held before.
@Tag("full") // minutes of load, and the minute for which sessions that were cut are kept
@Timeout(600)
@EnabledOnOs(value = OS.LINUX, disabledReason = "no other tells what a process holds")
final class HubFloodTest {
    private static final int FLOODERS = 4;
    private static final int CONVERSATIONS = 200;
    /// Of another client's pings, while the flood lasts. Generous: the hub has a part of a core that is busy
    /// with builds.
    private static final Duration MOST = Duration.ofSeconds(10);

    private static final int LEAST_PINGS = 50;
    private static final String TOKEN = "correct horse battery staple";

    /// Beyond the 60 s for which sessions that were cut are kept.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void floodsOfTheHubsOwnLayerHoldUpNobodyAndLeaveNothingBehind() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        try (ServeProcess serve = ServeProcess.start("--port", "0", "--admin-token-file", token.toString())) {
            Endpoint hub = ServeProcess.endpoint(serve.readyLine());
            String cookie = login(hub);
            long pid = serve.process().pid();
            // What is made once, be it classes, threads or buffers, is no leak.
            for (HubFlood flood : HubFlood.values()) flooded(hub, flood, 10);
            Vitals before = Vitals.of(pid, directBytes(hub, cookie));
            for (HubFlood flood : HubFlood.values()) {
                Duration p99 = flooded(hub, flood, CONVERSATIONS);
                assertThat(p99).as(flood + ": another client's pings").isLessThan(MOST);
                awaitBack(Measure.DESCRIPTORS, before, () -> OpenDescriptors.of(pid));
            }
            await().atMost(PATIENCE).until(() -> sessions(hub, cookie) == 0);
            for (Measure measure : List.of(Measure.HEAP, Measure.DIRECT, Measure.THREADS, Measure.DESCRIPTORS)) {
                awaitBack(
                        measure,
                        before,
                        () -> Vitals.of(pid, directBytes(hub, cookie)).of(measure));
            }
            assertThat(serve.process().isAlive()).isTrue();
        }
    }

    /// How long 99 of 100 pings of another client took meanwhile.
    private static Duration flooded(Endpoint hub, HubFlood flood, int conversations) throws Exception {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < FLOODERS; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    for (int n = flood.conversations(conversations); n > 0; n--) flood.once(hub);
                } catch (Throwable failure) {
                    failures.add(failure);
                }
            }));
        }
        List<Long> nanos = pinged(hub, () -> threads.stream().anyMatch(Thread::isAlive));
        for (Thread thread : threads) thread.join();
        assertThat(failures).as(flood.name()).isEmpty();
        Duration p99 = Duration.ofNanos(nanos.get(nanos.size() * 99 / 100));
        String line = "%s\t%d\t%d us\t%d us%n"
                .formatted(flood, nanos.size(), nanos.get(nanos.size() / 2) / 1000, p99.toNanos() / 1000);
        Path figures = Files.createDirectories(Path.of("target")).resolve("hub-floods.tsv");
        Files.writeString(figures, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return p99;
    }

    /// The shortest first.
    private static List<Long> pinged(Endpoint hub, BooleanSupplier goesOn) throws IOException {
        List<Long> nanos = new ArrayList<>();
        byte[] ping = MsgiPeer.cbor(MsgiPeer.CONTROL, Map.of());
        try (MsgiPeer other = MsgiPeer.connect(hub)) {
            other.greet("other");
            while (goesOn.getAsBoolean() || nanos.size() < LEAST_PINGS) {
                long begun = System.nanoTime();
                other.write(ping);
                assertThat(other.readMap(MsgiPeer.CONTROL).isEmpty()).isTrue();
                nanos.add(System.nanoTime() - begun);
            }
        }
        nanos.sort(null);
        return nanos;
    }

    private static void awaitBack(Measure measure, Vitals before, Callable<Double> now) {
        double most = before.of(measure) + measure.tolerance(before.of(measure));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(now.call())
                        .as(measure.title() + ", before: " + before.of(measure))
                        .isLessThanOrEqualTo(most));
    }

    /// The cookie is good however many wrong tokens come from this address.
    private static String login(Endpoint hub) throws IOException {
        String cookie = new Http(hub)
                .post("/login", "{\"token\":\"" + TOKEN + "\"}")
                .is(204)
                .header("Set-Cookie")
                .orElseThrow();
        return "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
    }

    private static int sessions(Endpoint hub, String cookie) throws IOException {
        return new Http(hub)
                .get("/api/v1/sessions?limit=1", cookie)
                .is(200)
                .json()
                .path("sessions")
                .size();
    }

    private static long directBytes(Endpoint hub, String cookie) throws IOException {
        return new Http(hub)
                .get("/metrics", cookie)
                .is(200)
                .body()
                .lines()
                .filter(line -> line.startsWith("hawser_buffers_direct_bytes "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }
}
