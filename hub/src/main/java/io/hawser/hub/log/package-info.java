/// What the hub and the other verbs log, and how.
@NullMarked
package io.hawser.hub.log;

import org.jspecify.annotations.NullMarked;
