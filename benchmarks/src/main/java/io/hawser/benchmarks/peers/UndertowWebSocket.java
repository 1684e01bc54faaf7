package io.hawser.benchmarks.peers;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.xnio.Options;

/// Binary messages sent back, and texts sent to all, on Undertow.
final class UndertowWebSocket {
    private static final int BACKLOG = 4096;

    private UndertowWebSocket() {}

    private static final class Listener extends AbstractReceiveListener {
        @Override
        protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
            var pooled = message.getData();
            ByteBuffer whole = WebSockets.mergeBuffers(pooled.getResource());
            pooled.close();
            WebSockets.sendBinary(whole, channel, null);
        }

        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            var text = message.getData();
            for (var peer : channel.getPeerConnections()) {
                WebSockets.sendText(text, peer, null);
            }
        }
    }

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        var handler = Handlers.websocket((exchange, channel) -> {
            channel.getReceiveSetter().set(new Listener());
            channel.resumeReceives();
        });
        if (asked.is("deflate")) handler.addExtension(new PerMessageDeflateHandshake());
        var server = Undertow.builder()
                .addHttpListener(asked.port(), "127.0.0.1")
                .setIoThreads(asked.threads())
                .setSocketOption(Options.BACKLOG, BACKLOG)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setHandler(Handlers.path().addPrefixPath("/", handler))
                .build();
        server.start();
        var address = (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        PeerArguments.ready(address.getPort());
    }
}
