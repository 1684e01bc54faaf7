package io.hawser.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.Deadline;
import io.hawser.messaging.Codec;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.tcp.ListenConfig;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Client and server that agree on a codec.
@Timeout(60)
class CompressedFramesTest {
    private static Message receive(MessagingClient client) {
        return Deadline.within(Duration.ofSeconds(30), client::receive);
    }

    private static MessagingServer echo(MessagingConfig config) {
        return MessagingServer.start(
                ListenConfig.on("127.0.0.1:0"), config, (session, message) -> session.send(message));
    }

    private static MessagingClient client(MessagingServer server, MessagingConfig config) {
        return MessagingClient.open(
                MessagingClientConfig.to("c", server.endpoint()).withMessaging(config));
    }

    @ParameterizedTest
    @EnumSource
    void messagesOfEverySizeComeBackAsTheyWere(Codec codec) {
        MessagingConfig config = MessagingConfig.defaults().withCodecs(codec);
        try (MessagingServer server = echo(config);
                MessagingClient client = client(server, config)) {
            for (int size : new int[] {0, 1, 255, 256, 257, 1000, 65_535, 65_536, (1 << 20) - 1, 1 << 20}) {
                Message sent = Message.binary(new byte[size]);
                client.send(sent);
                assertThat(receive(client)).isEqualTo(sent);
            }
            long received = server.sessions().stream()
                    .mapToLong(session -> session.stats().bytesReceived())
                    .sum();
            assertThat(received).isLessThan(1 << 20);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBroadcastReachesThoseWithACodecAndThoseWithout(boolean text) {
        MessagingConfig some = MessagingConfig.defaults().withCodecs(Codec.LZ4, Codec.DEFLATE);
        try (MessagingServer server = echo(some);
                MessagingClient lz4 = client(server, some);
                MessagingClient deflate =
                        client(server, MessagingConfig.defaults().withCodecs(Codec.DEFLATE));
                MessagingClient none = client(server, MessagingConfig.defaults())) {
            for (MessagingClient each : new MessagingClient[] {lz4, deflate, none}) {
                each.send(Message.text("here"));
                receive(each);
            }
            String all = "broadcast ".repeat(1000);
            server.sessions().broadcast(text ? Message.text(all) : Message.binary(Bytes.ofUtf8(all)));
            for (MessagingClient each : new MessagingClient[] {lz4, deflate, none}) {
                assertThat(receive(each).text()).isEqualTo(all);
            }
        }
    }
}
