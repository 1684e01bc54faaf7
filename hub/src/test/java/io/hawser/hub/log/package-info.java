@NullMarked
package io.hawser.hub.log;

import org.jspecify.annotations.NullMarked;
