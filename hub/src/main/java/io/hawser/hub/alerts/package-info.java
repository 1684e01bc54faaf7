/// Rules that watch the figures of a hub, and tell of what they find.
@NullMarked
package io.hawser.hub.alerts;

import org.jspecify.annotations.NullMarked;
