package io.hawser.http;

/// What takes a connection over after a response that switches protocols, for example an accepted WebSocket.
///
/// Opaque: the packages of the protocols make them, and only a server that knows the kind can carry it out; to
/// all
/// filters it is a value that a [Response] carries. One that is never sent holds nothing and needs no closing.
public interface Upgrade {
    /// The name of the protocol in the `Upgrade` field, e.g. `websocket`.
    ///
    /// Source: RFC 9110 section 7.8
    String protocol();
}
