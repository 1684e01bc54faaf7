/// Concurrency stress of what callers of one connection share by jcstress, in the package of what it is
/// about, whose classes nobody else sees.
@NullMarked
package io.hawser.internal.http2;

import org.jspecify.annotations.NullMarked;
