/// hawser.v1, the hub's protocol, without a transport: what peers ask, what they are told, and the sessions that
/// outlive their connections.
@NullMarked
package io.hawser.hub.v1;

import org.jspecify.annotations.NullMarked;
