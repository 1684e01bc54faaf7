/// WebSocket from outside, on raw sockets, clause by clause, for both roles.
@NullMarked
package io.hawser.conformance.websocket;

import org.jspecify.annotations.NullMarked;
