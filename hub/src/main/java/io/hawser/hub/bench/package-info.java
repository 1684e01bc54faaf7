/// The load generator behind `./hawser bench`.
///
/// It uses nothing of Hawser's own transports and nothing of Netty: plain channels and selectors of the JDK,
/// so that a fault or a slowness of ours does not measure itself.
@NullMarked
package io.hawser.hub.bench;

import org.jspecify.annotations.NullMarked;
