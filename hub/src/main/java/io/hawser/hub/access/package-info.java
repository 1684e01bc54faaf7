/// Who may use the hub: what peers prove, and what they may do then.
@NullMarked
package io.hawser.hub.access;

import org.jspecify.annotations.NullMarked;
