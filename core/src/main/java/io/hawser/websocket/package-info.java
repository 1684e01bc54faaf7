/// WebSocket, both roles: upgrades of requests to sessions, and clients.
///
/// Source: RFC 6455, RFC 7692
@NullMarked
package io.hawser.websocket;

import org.jspecify.annotations.NullMarked;
