/// Concurrency stress of pools by jcstress, in the package of what it is about, whose classes nobody else
/// sees.
@NullMarked
package io.hawser.internal.pool;

import org.jspecify.annotations.NullMarked;
