@NullMarked
package io.hawser.hub.chaos.it;

import org.jspecify.annotations.NullMarked;
