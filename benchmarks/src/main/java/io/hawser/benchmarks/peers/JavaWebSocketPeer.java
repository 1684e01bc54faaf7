package io.hawser.benchmarks.peers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/// Binary messages sent back, and texts sent to all, on Java-WebSocket, with as many decoding threads as
/// asked.
final class JavaWebSocketPeer extends WebSocketServer {
    private JavaWebSocketPeer(InetSocketAddress address, int threads, List<Draft> drafts) {
        super(address, threads, drafts);
        setTcpNoDelay(true);
        setReuseAddr(true);
        setConnectionLostTimeout(0);
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {}

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {}

    @Override
    public void onMessage(WebSocket socket, String message) {
        broadcast(message);
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer message) {
        socket.send(message);
    }

    @Override
    public void onError(WebSocket socket, Exception failure) {}

    @Override
    public void onStart() {
        PeerArguments.ready(getPort());
    }

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        var draft = asked.is("deflate") ? new Draft_6455(new PerMessageDeflateExtension()) : new Draft_6455();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), asked.port());
        new JavaWebSocketPeer(address, asked.threads(), List.of(draft)).run();
    }
}
