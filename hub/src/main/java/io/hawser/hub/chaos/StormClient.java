package io.hawser.hub.chaos;

import io.hawser.Endpoint;
import io.hawser.client.HubClient;
import io.hawser.client.HubClientConfig;
import io.hawser.tcp.ConnectConfig;
import java.time.Duration;

/// The client of a hub that applications use, which follows one log and holds what it gets against what must
/// come.
///
/// Thread: safe from any.
final class StormClient implements AutoCloseable {
    /// All of them share the processor, with each other and with the hub.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HubClient hub;
    private final String topic;
    private final Followed followed;

    private StormClient(HubClient hub, String topic, Tally tally) {
        this.hub = hub;
        this.topic = topic;
        this.followed = new Followed(tally);
    }

    /// Connects, and follows from now on; nobody publishes meanwhile.
    static StormClient connect(String uri, String topic, Tally tally) {
        HubClient hub = hub(uri);
        StormClient client = new StormClient(hub, topic, tally);
        try {
            LogHandler handler = new LogHandler(client.followed, nanos -> {});
            client.followed.begins(hub.subscribe(topic, handler).position());
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /// One of thousands.
    static HubClient hub(String uri) {
        ConnectConfig connect = ConnectConfig.defaults().withTimeout(PATIENCE);
        return HubClient.connect(HubClientConfig.to(uri).withConnect(connect));
    }

    /// Half of them come over MSGI, half over WebSocket.
    static String uri(Endpoint hub, int number) {
        return number % 2 == 0 ? "msgi://" + hub : "ws://" + hub + "/ws";
    }

    String topic() {
        return topic;
    }

    /// Whether it has a connection, and all up to `number` has come or is covered by a resync.
    boolean hasReached(long number) {
        return hub.isConnected() && followed.hasReached(number);
    }

    @Override
    public void close() {
        hub.close();
    }
}
