@NullMarked
package io.hawser.hub.chaos;

import org.jspecify.annotations.NullMarked;
