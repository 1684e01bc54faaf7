/// The verbs of the command line, one class each.
@NullMarked
package io.hawser.hub.cli;

import org.jspecify.annotations.NullMarked;
