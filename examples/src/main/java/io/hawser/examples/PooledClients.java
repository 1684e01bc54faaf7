package io.hawser.examples;

import io.hawser.Async;
import io.hawser.Deadline;
import io.hawser.Endpoint;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.pool.ConnectionFactory;
import io.hawser.pool.ConnectionPool;
import io.hawser.pool.Growth;
import io.hawser.pool.Lease;
import io.hawser.pool.PoolConfig;
import io.hawser.session.Message;
import io.hawser.tcp.ConnectionState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// Asks an echo server from 100 threads over at most 4 connections, each of which is one thread's until it
/// has its answer. Arguments: server (127.0.0.1:7000).
public final class PooledClients {
    private PooledClients() {}

    /// Connections that may have lost their server are not handed out again.
    private record Clients(MessagingClientConfig config) implements ConnectionFactory<MessagingClient> {
        @Override
        public MessagingClient open() {
            return MessagingClient.open(config);
        }

        @Override
        public boolean isUsable(MessagingClient client) {
            return client.state() == ConnectionState.CONNECTED;
        }
    }

    static void run(Endpoint server, PrintStream out) {
        PoolConfig config = PoolConfig.defaults()
                .withName("echo")
                .withMaxSize(4)
                .withGrowth(Growth.defaults().withInitialSize(1));
        Clients clients = new Clients(MessagingClientConfig.to("pooled", server));
        try (ConnectionPool<MessagingClient> pool = ConnectionPool.open(config, clients)) {
            List<CompletableFuture<String>> answers = IntStream.range(0, 100)
                    .mapToObj(number -> Async.call(() -> ask(pool, "question " + number)))
                    .toList();
            long echoed = answers.stream()
                    .map(CompletableFuture::join)
                    .filter(answer -> answer.startsWith("question "))
                    .count();
            out.println(echoed + " answers over at most " + pool.stats().created() + " connections");
        }
    }

    private static String ask(ConnectionPool<MessagingClient> pool, String question) {
        return Deadline.within(Duration.ofSeconds(5), () -> {
            try (Lease<MessagingClient> lease = pool.acquire()) {
                lease.connection().send(Message.text(question));
                return lease.connection().receive().text();
            }
        });
    }

    public static void main(String... args) {
        run(Endpoint.parse(args.length > 0 ? args[0] : "127.0.0.1:7000"), System.out);
    }
}
