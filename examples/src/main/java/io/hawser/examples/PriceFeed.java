package io.hawser.examples;

import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.session.Message;
import io.hawser.session.Topics;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Broadcasts a price ten times a second to whoever subscribed: a client sends a pattern, such as `price.*`.
/// A reader that is too slow misses prices, is told how many, and holds up nobody. Argument: where to listen.
public final class PriceFeed implements AutoCloseable {
    record Price(String name, double value) {}

    private static final List<String> NAMES = List.of("gold", "oil", "wheat");

    private final Topics topics = Topics.open((session, topic, missed) ->
            Optional.of(Message.text("{\"missed\":" + missed + ",\"of\":\"" + topic + "\"}")));
    private final HttpServer server;
    private final Thread publisher;

    private PriceFeed(ListenConfig listen, Duration pause) {
        server = HttpServer.start(
                listen,
                HttpConfig.defaults(),
                request -> WebSockets.accept(
                        request,
                        WebSocketConfig.defaults(),
                        (session, message) -> topics.join(session, TopicPattern.of(message.text()))));
        publisher = Thread.ofVirtual().name("prices").start(() -> publish(pause));
    }

    static PriceFeed start(String endpoint, Duration pause) {
        return new PriceFeed(ListenConfig.on(endpoint), pause);
    }

    private void publish(Duration pause) {
        Random random = new Random(1);
        try {
            while (true) {
                String name = NAMES.get(random.nextInt(NAMES.size()));
                Price price = new Price(name, Math.round(random.nextGaussian(100, 5) * 100) / 100.0);
                topics.publish(Topic.of("price." + name), WebSockets.json(price));
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            // close() does that
        }
    }

    HttpServer server() {
        return server;
    }

    @Override
    public void close() {
        publisher.interrupt();
        server.close();
    }

    public static void main(String... args) {
        int code;
        try (PriceFeed feed = start(args.length > 0 ? args[0] : "127.0.0.1:8080", Duration.ofMillis(100))) {
            System.out.println("listening on " + feed.server().endpoint());
            code = feed.server().run();
        }
        System.exit(code);
    }
}
