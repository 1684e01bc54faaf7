package io.hawser.client;

import io.hawser.Bytes;
import io.hawser.Deadline;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Binary messages of WebSocket, under `hawser.v1.cbor`.
final class SocketWire implements HubWire {
    private static final int MAX_READ = 64;

    private final Incoming incoming = new Incoming();
    private final WebSocket socket;
    private final Session session;

    private SocketWire(WebSocketClientConfig config) {
        this.socket = WebSockets.connect(config, incoming);
        this.session = incoming.first.join();
    }

    static SocketWire connect(HubClientConfig config) {
        WebSocketConfig socket = WebSocketConfig.defaults()
                .withMaxMessageBytes(config.maxMessageBytes())
                .withSubprotocols("hawser.v1.cbor");
        return new SocketWire(WebSocketClientConfig.to(config.uri().toString())
                .withWebSocket(socket)
                .withConnect(config.connect())
                .withQueue(0, 0));
    }

    @Override
    public void send(Bytes map, boolean isData) {
        session.send(Message.binary(map));
    }

    @Override
    public Bytes receive() {
        try {
            return switch (incoming.read.poll(Deadline.current().remainingNanos(), TimeUnit.NANOSECONDS)) {
                case null -> throw new HubGoodbye(CloseReason.LOST);
                case Message message -> message.bytes();
                case CloseReason reason -> throw new HubGoodbye(reason);
                default -> throw new IllegalStateException("neither a message nor an end");
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubGoodbye(CloseReason.LOST);
        }
    }

    @Override
    public void close() {
        incoming.isOver = true;
        incoming.read.clear();
        // Nothing else comes any more, and somebody may wait.
        var _ = incoming.read.offer(CloseReason.NORMAL);
        socket.close();
    }

    /// What comes on the first connection of the socket; it is not to have another, since each begins
    /// with a hello.
    private static final class Incoming implements SessionHandler {
        final CompletableFuture<Session> first = new CompletableFuture<>();
        final ArrayBlockingQueue<Object> read = new ArrayBlockingQueue<>(MAX_READ);
        volatile boolean isOver;

        @Override
        public void opened(Session session) {
            if (!first.complete(session)) session.close();
        }

        @Override
        public void message(Session session, Message message) throws InterruptedException {
            if (!isOver && session.equals(first.getNow(session))) read.put(message);
        }

        @Override
        public void closed(Session session, CloseReason reason) {
            if (isOver || !session.equals(first.getNow(session))) return;
            try {
                read.put(reason);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
