/// The hub's page for operators, and the figures that it shows.
@NullMarked
package io.hawser.hub.dashboard;

import org.jspecify.annotations.NullMarked;
