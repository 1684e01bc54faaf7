package io.hawser.internal.tcp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Endpoint;
import io.hawser.ShutdownFailed;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.tcp.Door;
import io.hawser.internal.tcp.FramedProtocol;
import io.hawser.internal.tcp.Refusal;
import io.hawser.internal.tcp.ServerProtocol;
import io.hawser.io.ConnectionLimits;
import io.hawser.session.CloseReason;
import io.hawser.tcp.Connection;
import io.hawser.tcp.Framing;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.TcpClient;
import io.hawser.tcp.TcpServer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A server a part of which fails while it stops.
@Timeout(120)
class FailedStopTest {
    private static final ServerProtocol LINES =
            new FramedProtocol<>(Framing.lines(100), ConnectionLimits.defaults(), Connection::send);

    /// Lines, but a drain cannot be told to them.
    private static final class Stubborn implements ServerProtocol {
        @Override
        public Match match(ByteBuf first) {
            return Match.YES;
        }

        @Override
        public Object handler() {
            return LINES.handler();
        }

        @Override
        public Service open(NettyIoThreads threads, Door door) {
            Service lines = LINES.open(threads, door);
            return new Service() {
                @Override
                public LinkGroup links() {
                    return lines.links();
                }

                @Override
                public void beginDrain(CloseReason reason) {
                    throw new IllegalStateException("on purpose");
                }

                @Override
                public void serve(Channel channel, @Nullable ByteBuf first) {
                    lines.serve(channel, first);
                }

                @Override
                public void refuse(Channel channel, ByteBuf first, Refusal why) {
                    lines.refuse(channel, first, why);
                }
            };
        }
    }

    @Test
    void itSaysSoAndIsStoppedAllTheSame() {
        TcpServer server = TcpServer.start(ListenConfig.on("127.0.0.1:0"), List.of(new Stubborn()));
        Endpoint endpoint = server.endpoint();
        try (Connection<String> connection = TcpClient.connect(endpoint, Framing.lines(100))) {
            connection.send("hello");
            assertThat(connection.receive()).isEqualTo("hello");
            assertThatThrownBy(() -> server.drain(Duration.ofSeconds(30)))
                    .isInstanceOf(ShutdownFailed.class)
                    .hasMessage("the server on " + endpoint + " did not stop as it should: on purpose");
        }
        assertThat(server.isRunning()).isFalse();
        server.awaitStop();
        assertThat(server.connectionCount()).isZero();
        TcpServer.start(ListenConfig.on(endpoint), List.of(LINES)).close();
    }
}
