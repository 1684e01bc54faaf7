package io.hawser.tcp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.ConnectionLost;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.io.IoThreads;
import io.hawser.tcp.ListenConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A handler that says it does not wait, and does.
@Timeout(120)
final class HeldLoopTest {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private final HttpHandler holding = new HttpHandler() {
        @Override
        public Response handle(Request request) throws Exception {
            entered.countDown();
            goOn.await();
            return Response.text("late");
        }

        @Override
        public ExecutionMode mode(Request request) {
            return ExecutionMode.EVENT_LOOP;
        }
    };

    @Test
    void aServerStopsThoughALoopIsHeld() throws Exception {
        try (IoThreads io = IoThreads.start(IoConfig.defaults().withThreads(1).withName("held"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), holding, io);
            try (HttpClient client = HttpClient.open(HttpClientConfig.to("http://" + server.endpoint()))) {
                Future<Integer> call = threads.submit(() -> client.get("/").status());
                assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
                Future<?> stopped = threads.submit(() -> server.drain(Duration.ofMillis(100)));
                // While the loop is still held.
                assertThat(stopped.get(60, TimeUnit.SECONDS)).isNotNull();
                goOn.countDown();
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> call.get(30, TimeUnit.SECONDS))
                        .withCauseInstanceOf(ConnectionLost.class);
            } finally {
                goOn.countDown();
            }
        }
    }
}
