/// JMH benchmarks of frames and texts of WebSocket, in the package of what they measure, whose classes
/// nobody else sees.
@NullMarked
package io.hawser.internal.websocket;

import org.jspecify.annotations.NullMarked;
