@NullMarked
package io.hawser.hub.alerts;

import org.jspecify.annotations.NullMarked;
