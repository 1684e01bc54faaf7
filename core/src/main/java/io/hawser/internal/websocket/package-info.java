/// WebSocket on the wire: frames, messages, close, permessage-deflate, both roles.
@NullMarked
package io.hawser.internal.websocket;

import org.jspecify.annotations.NullMarked;
