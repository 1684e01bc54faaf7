package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.internal.http2.PeerFrames;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients that cost a server more than themselves, and others that are served meanwhile.
class Http2FloodTest {
    private static final int FLOODS = 4;

    /// What a client sends without end, and what it is told before it is cut off.
    enum Flood {
        /// CVE-2023-44487.
        RESETS {
            @Override
            byte[] burst(PeerFrames frames, int number) {
                byte[][] all = new byte[200][];
                for (int i = 0; i < all.length; i += 2) {
                    int stream = 100 * 2 * number + i + 1;
                    all[i] = frames.get(stream, "/");
                    all[i + 1] = frames.reset(stream, 8);
                }
                return PeerFrames.join(all);
            }
        },
        /// CVE-2024-24549 and its like.
        CONTINUATIONS {
            @Override
            byte[] burst(PeerFrames frames, int number) {
                return number == 0 ? frames.frame(1, 0, 1) : frames.frame(9, 0, 1);
            }
        },
        /// CVE-2019-9512.
        PINGS {
            @Override
            byte[] burst(PeerFrames frames, int number) {
                return PeerFrames.join(frames.ping("12345678"), frames.ping("12345678"));
            }
        },
        /// CVE-2019-9515.
        SETTINGS {
            @Override
            byte[] burst(PeerFrames frames, int number) {
                return PeerFrames.join(frames.settings(3, number), frames.settings(3, number));
            }
        },
        /// CVE-2019-9518.
        EMPTY_FRAMES {
            @Override
            byte[] burst(PeerFrames frames, int number) {
                return number == 0 ? frames.post(1, "/") : frames.data(1, 0, "");
            }
        };

        abstract byte[] burst(PeerFrames frames, int number);
    }

    @ParameterizedTest
    @EnumSource
    void aFloodIsCutOffAndOthersAreServedMeanwhile(Flood flood) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch cutOff = new CountDownLatch(2 * FLOODS);
        try (HttpServer server = HttpServer.start(
                        ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> Response.text("fine"));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> floods = new ArrayList<>();
            for (int i = 0; i < FLOODS; i++) {
                floods.add(clients.submit(() -> {
                    String last = "";
                    for (int again = 0; again < 2; again++) {
                        last = flood(server, flood);
                        cutOff.countDown();
                    }
                    return last;
                }));
            }
            Future<Integer> good = clients.submit(() -> askUntil(server, cutOff, stop));
            for (Future<String> each : floods) assertThat(each.get()).isIn("ENHANCE_YOUR_CALM", "reset");
            assertThat(good.get()).isPositive();
            await().until(() -> server.stats().connections() == 0 && queuedBytes(server) == 0);
        } finally {
            stop.set(true);
        }
    }

    private static long queuedBytes(HttpServer server) {
        return server.stats().protocols().stream()
                .mapToLong(each -> each.traffic().queuedBytes())
                .sum();
    }

    /// Floods until the server has had enough.
    @SuppressWarnings("try") // an early close ends the sender
    private static String flood(HttpServer server, Flood flood) throws Exception {
        try (Http2Client client = Http2Client.to(server.endpoint())) {
            // A thread of the system's: one that never waits would keep the virtual ones from running.
            Thread sender = Thread.ofPlatform().start(() -> sendWithoutEnd(client, flood));
            try {
                for (String line = client.next(); !line.equals("END"); line = client.next()) {
                    if (line.startsWith("GOAWAY") && line.endsWith("code=11")) return "ENHANCE_YOUR_CALM";
                }
                return "an end without a reason";
            } catch (SocketException reset) {
                return "reset"; // what was still coming in made the kernel say so before the GOAWAY was read
            } finally {
                client.close();
                sender.join();
            }
        }
    }

    private static void sendWithoutEnd(Http2Client client, Flood flood) {
        try {
            for (int number = 0; number < 1_000_000; number++) client.send(flood.burst(client.frames, number));
        } catch (IOException closed) {
            // as it should be
        }
    }

    private static int askUntil(HttpServer server, CountDownLatch end, AtomicBoolean stop) throws IOException {
        int answered = 0;
        try (Http2Client second = Http2Client.to(server.endpoint());
                RawClient first = RawClient.to(server.endpoint())) {
            do {
                assertThat(first.get("/").text()).isEqualTo("fine");
                int stream = 2 * answered + 1;
                assertThat(second.send(second.frames.get(stream, "/")).answer(stream))
                        .last()
                        .isEqualTo("DATA " + stream + " END_STREAM fine");
                answered++;
            } while (end.getCount() > 0 && !stop.get());
        }
        return answered;
    }
}
