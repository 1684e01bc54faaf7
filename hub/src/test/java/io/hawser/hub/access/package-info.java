@NullMarked
package io.hawser.hub.access;

import org.jspecify.annotations.NullMarked;
