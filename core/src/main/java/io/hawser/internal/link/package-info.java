/// One connection on its event loop: queues both ways, back-pressure, order, time limits. Every protocol's
/// session and connection extends [io.hawser.internal.link.Link].
@NullMarked
package io.hawser.internal.link;

import org.jspecify.annotations.NullMarked;
