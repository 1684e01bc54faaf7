/// Topics with history, and the backplane that carries them between the nodes of a cluster. Nothing here knows a
/// socket.
@NullMarked
package io.hawser.cluster;

import org.jspecify.annotations.NullMarked;
