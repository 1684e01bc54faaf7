package io.hawser.internal.http2;

import io.hawser.http.Headers;

/// What a client asks for that wants a stream for another protocol.
///
/// @param protocol such as `websocket`
/// @param path with the query
///
/// Source: RFC 8441, section 4
public record TunnelRequest(String protocol, String authority, String path, Headers headers) {}
