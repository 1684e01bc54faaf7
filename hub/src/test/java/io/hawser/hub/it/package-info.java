@NullMarked
package io.hawser.hub.it;

import org.jspecify.annotations.NullMarked;
