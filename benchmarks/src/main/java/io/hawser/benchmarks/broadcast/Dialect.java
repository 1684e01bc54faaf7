package io.hawser.benchmarks.broadcast;

import java.util.List;
import java.util.function.UnaryOperator;

/// What clients of a server say to have a text brought to all of them.
///
/// @param publication how a text is published
public record Dialect(Wire wire, Speaker subscriber, Speaker publisher, UnaryOperator<String> publication) {
    private static final String CRLF = "\r\n";
    private static final Wire WEB_SOCKET = new WebSocketWire();

    /// A server that sends every text to all.
    public static final Dialect PLAIN =
            new Dialect(WEB_SOCKET, Speaker.silent("/echo"), Speaker.silent("/echo"), text -> text);

    private static final String V1_JSON = "Sec-WebSocket-Protocol: hawser.v1.json\r\n";
    private static final String HELLO = "{\"id\":1,\"hello\":{\"client\":\"load\"}}";
    private static final Speaker V1 = new Speaker("/ws", V1_JSON, List.of(HELLO), "\"welcome\"");

    /// The hub: subscribers speak no protocol, the publisher asks for a broadcast by hawser.v1.
    public static final Dialect HUB =
            new Dialect(WEB_SOCKET, Speaker.silent("/ws"), V1, text -> "{\"bcast\":{\"d\":\"" + text + "\"}}");

    /// Socket.IO 4 over WebSocket alone.
    public static final Dialect SOCKET_IO = socketIo();

    /// STOMP 1.2 over WebSocket, a topic of the broker.
    public static final Dialect STOMP = stomp();

    /// A subject of NATS.
    public static final Dialect NATS = nats();

    /// A channel of Redis.
    public static final Dialect REDIS = redis();

    /// The hub: all speak hawser.v1, and the subscribers are in a topic.
    public static Dialect hubTopic(String topic) {
        return new Dialect(
                WEB_SOCKET,
                new Speaker(
                        "/ws", V1_JSON, List.of(HELLO, "{\"id\":2,\"sub\":{\"topic\":\"" + topic + "\"}}"), "\"id\":2"),
                V1,
                text -> "{\"pub\":{\"topic\":\"" + topic + "\",\"d\":\"" + text + "\"}}");
    }

    private static Dialect socketIo() {
        var client = new Speaker("/socket.io/?EIO=4&transport=websocket", "", List.of("40"), "40{");
        return new Dialect(WEB_SOCKET, client, client, text -> "42[\"say\",\"" + text + "\"]");
    }

    private static Dialect stomp() {
        var version = "Sec-WebSocket-Protocol: v12.stomp\r\n";
        var connect = "CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0";
        var subscribe = "SUBSCRIBE\nid:0\ndestination:/topic/room\n\n\0";
        return new Dialect(
                WEB_SOCKET,
                new Speaker("/echo", version, List.of(connect, subscribe), "CONNECTED"),
                new Speaker("/echo", version, List.of(connect), "CONNECTED"),
                text -> "SEND\ndestination:/topic/room\n\n" + text + "\0");
    }

    private static Dialect nats() {
        var connect = "CONNECT {\"verbose\":false,\"pedantic\":false,\"lang\":\"load\",\"version\":\"1\"}\r\n";
        return new Dialect(
                new NatsWire(),
                new Speaker("", "", List.of(connect + "SUB room 1\r\nPING\r\n"), "PONG"),
                new Speaker("", "", List.of(connect + "PING\r\n"), "PONG"),
                text -> "PUB room " + text.length() + CRLF + text + CRLF);
    }

    private static Dialect redis() {
        return new Dialect(
                new RedisWire(),
                new Speaker("", "", List.of(resp("SUBSCRIBE", "room")), "subscribe"),
                new Speaker("", "", List.of(resp("PING")), "PONG"),
                text -> resp("PUBLISH", "room", text));
    }

    /// A command as an array of strings.
    private static String resp(String... words) {
        var text = new StringBuilder("*").append(words.length).append(CRLF);
        for (var word : words) {
            text.append('$').append(word.length()).append(CRLF).append(word).append(CRLF);
        }
        return text.toString();
    }
}
