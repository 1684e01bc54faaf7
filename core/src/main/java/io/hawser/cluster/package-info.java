/// Topics, what is kept of them, and positions in their history. Nothing here knows a socket.
@NullMarked
package io.hawser.cluster;

import org.jspecify.annotations.NullMarked;
