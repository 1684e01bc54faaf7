@NullMarked
package io.hawser.hub.bench;

import org.jspecify.annotations.NullMarked;
