@NullMarked
package io.hawser.hub.worker;

import org.jspecify.annotations.NullMarked;
