package io.hawser.benchmarks.peers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/// Echo of binary messages on Java-WebSocket, with as many decoding threads as asked.
final class JavaWebSocketEcho extends WebSocketServer {
    private JavaWebSocketEcho(InetSocketAddress address, int threads) {
        super(address, threads);
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
        socket.send(message);
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
        new JavaWebSocketEcho(new InetSocketAddress(InetAddress.getLoopbackAddress(), asked.port()), asked.threads())
                .run();
    }
}
