/// The hub in several processes.
@NullMarked
package io.hawser.hub.worker;

import org.jspecify.annotations.NullMarked;
