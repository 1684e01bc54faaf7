package io.hawser.benchmarks.broadcast;

import java.util.List;

/// What clients of a server say to have a text brought to all of them.
///
/// @param before what stands before the text in a publication
/// @param after what stands behind it
public record Dialect(Speaker subscriber, Speaker publisher, String before, String after) {
    /// A server that sends every text to all.
    public static final Dialect PLAIN = new Dialect(Speaker.silent("/echo"), Speaker.silent("/echo"), "", "");

    private static final String V1_JSON = "Sec-WebSocket-Protocol: hawser.v1.json\r\n";
    private static final String HELLO = "{\"id\":1,\"hello\":{\"client\":\"load\"}}";
    private static final Speaker V1 = new Speaker("/ws", V1_JSON, List.of(HELLO), "\"welcome\"");

    /// The hub: subscribers speak no protocol, the publisher asks for a broadcast by hawser.v1.
    public static final Dialect HUB = new Dialect(Speaker.silent("/ws"), V1, "{\"bcast\":{\"d\":\"", "\"}}");

    /// The hub: all speak hawser.v1, and the subscribers are in a live topic.
    public static final Dialect HUB_TOPIC = new Dialect(
            new Speaker("/ws", V1_JSON, List.of(HELLO, "{\"id\":2,\"sub\":{\"topic\":\"live.room\"}}"), "\"id\":2"),
            V1,
            "{\"pub\":{\"topic\":\"live.room\",\"d\":\"",
            "\"}}");

    /// Socket.IO 4 over WebSocket alone.
    public static final Dialect SOCKET_IO = socketIo();

    private static Dialect socketIo() {
        var client = new Speaker("/socket.io/?EIO=4&transport=websocket", "", List.of("40"), "40{");
        return new Dialect(client, client, "42[\"say\",\"", "\"]");
    }
}
