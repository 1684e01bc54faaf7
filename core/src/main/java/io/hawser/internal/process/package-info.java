/// Processes: signals, children that run the same program, and what ties them to their parent.
@NullMarked
package io.hawser.internal.process;

import org.jspecify.annotations.NullMarked;
