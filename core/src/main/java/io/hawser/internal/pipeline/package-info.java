/// The engine of the messaging pipeline: binds its stages to connections, and what the built-in stages do.
@NullMarked
package io.hawser.internal.pipeline;

import org.jspecify.annotations.NullMarked;
