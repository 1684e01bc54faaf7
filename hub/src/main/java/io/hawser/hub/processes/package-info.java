/// Hubs as processes of their own, for faults and measurements.
@NullMarked
package io.hawser.hub.processes;

import org.jspecify.annotations.NullMarked;
