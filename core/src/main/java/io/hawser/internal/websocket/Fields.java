package io.hawser.internal.websocket;

/// The fields of the handshake.
///
/// Source: RFC 6455, section 11.3
final class Fields {
    static final String KEY = "Sec-WebSocket-Key";
    static final String ACCEPT = "Sec-WebSocket-Accept";
    static final String VERSION = "Sec-WebSocket-Version";
    static final String PROTOCOL = "Sec-WebSocket-Protocol";
    static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    private Fields() {}
}
