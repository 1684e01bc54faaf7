/// Concurrency stress of what threads that wait for a loop share by jcstress, in the package of what it is
/// about, whose classes nobody else sees.
@NullMarked
package io.hawser.internal.io;

import org.jspecify.annotations.NullMarked;
