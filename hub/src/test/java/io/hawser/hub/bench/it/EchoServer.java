package io.hawser.hub.bench.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that treats each connection as its test says, on a free loopback port.
final class EchoServer implements AutoCloseable {
    /// What to do with one connection; it is closed afterwards.
    @FunctionalInterface
    interface Conversation {
        void hold(InputStream in, OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final Conversation conversation;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private EchoServer(ServerSocket server, Conversation conversation) {
        this.server = server;
        this.conversation = conversation;
    }

    static EchoServer start(Conversation conversation) throws IOException {
        var server = new EchoServer(new ServerSocket(0, 1024, InetAddress.ofLiteral("127.0.0.1")), conversation);
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    /// Sends every byte back.
    static EchoServer ofBytes() throws IOException {
        return start(InputStream::transferTo);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> converse(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            conversation.hold(socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            // The test looks at what its client saw.
        }
    }
}
