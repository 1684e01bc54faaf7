/// Concurrency stress of what all of HTTP shares by jcstress, in the package of what it is about, whose
/// classes nobody else sees.
@NullMarked
package io.hawser.internal.http;

import org.jspecify.annotations.NullMarked;
