@NullMarked
package io.hawser.hub.dashboard;

import org.jspecify.annotations.NullMarked;
