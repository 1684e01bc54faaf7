package io.hawser.conformance.soak;

import io.hawser.Endpoint;
import io.hawser.Reconnect;
import io.hawser.Tls;
import io.hawser.client.DirectMessage;
import io.hawser.client.HubClient;
import io.hawser.client.HubClientConfig;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpVersion;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ConnectConfig;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Opens clients of every protocol, each through one of the networks, half of them with TLS.
///
/// Thread: safe from any.
final class Clients {
    private static final Reconnect SOON =
            Reconnect.defaults().withPauses(Duration.ofMillis(100), Duration.ofSeconds(2));

    private final Weather weather;
    private final Tls tls;
    private final SplittableRandom random;

    Clients(Weather weather, Path certificate, long seed) throws IOException {
        this.weather = weather;
        this.tls = Tls.client().withTrustPem(Files.readString(certificate));
        this.random = new SplittableRandom(seed);
    }

    private synchronized SplittableRandom dice() {
        return random.split();
    }

    HttpClient http(boolean isSecure, HttpVersion version) {
        Endpoint to = weather.any(dice());
        return HttpClient.open(HttpClientConfig.to((isSecure ? "https://" : "http://") + to)
                .withVersions(version)
                .withTls(tls));
    }

    private ConnectConfig connect(boolean isSecure) {
        return isSecure ? ConnectConfig.defaults().withTls(tls) : ConnectConfig.defaults();
    }

    HubClient hub() {
        return hub(_ -> {});
    }

    HubClient hub(Consumer<DirectMessage> direct) {
        SplittableRandom dice = dice();
        boolean isSecure = dice.nextBoolean();
        String way = weather.any(dice).toString();
        String uri = dice.nextBoolean()
                ? (isSecure ? "wss://" : "ws://") + way + "/ws"
                : (isSecure ? "msgis://" : "msgi://") + way;
        return HubClient.connect(
                HubClientConfig.to(uri).withConnect(connect(isSecure)).withReconnect(SOON), direct);
    }

    EchoAct.Speaker webSocket(SessionHandler heard) {
        SplittableRandom dice = dice();
        boolean isSecure = dice.nextBoolean();
        String uri = (isSecure ? "wss://" : "ws://") + weather.any(dice) + "/echo";
        WebSocket client = WebSockets.connect(
                WebSocketClientConfig.to(uri).withConnect(connect(isSecure)).withReconnect(SOON), heard);
        return EchoAct.speaker(client::send, client::session, client::close);
    }

    EchoAct.Speaker msgi(SessionHandler heard) {
        SplittableRandom dice = dice();
        MessagingClient client = MessagingClient.open(
                MessagingClientConfig.to("soak", weather.any(dice))
                        .withBare()
                        .withConnect(connect(dice.nextBoolean()))
                        .withReconnect(SOON),
                heard);
        return EchoAct.speaker(client::send, client::session, client::close);
    }
}
