/// A cluster of hubs in virtual time, in which everything that can go wrong does.
@NullMarked
package io.hawser.hub.sim;

import org.jspecify.annotations.NullMarked;
