package io.hawser.http;

/// What takes a connection over after a response that switches protocols, for example an accepted WebSocket.
///
/// Opaque: the packages of the protocols make them, and only a server that knows the kind can carry it out;
/// to all filters it is a value that a [Response] carries. One that is never sent needs no closing, and holds
/// nothing but the connection to the server behind where a [Proxy] passes it on: for ten seconds.
public interface Upgrade {
    /// The name of the protocol in the `Upgrade` field, e.g. `websocket`.
    ///
    /// Source: RFC 9110 section 7.8
    String protocol();
}
