/// Concurrency stress of policies by jcstress, in the package of what it is about, whose classes nobody
/// else sees.
@NullMarked
package io.hawser.policy;

import org.jspecify.annotations.NullMarked;
