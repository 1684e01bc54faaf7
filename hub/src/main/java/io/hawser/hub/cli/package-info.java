/// The verbs of `./hawser`, one class each.
@NullMarked
package io.hawser.hub.cli;

import org.jspecify.annotations.NullMarked;
