/// Concurrency stress of topics by jcstress, in the package of what it is about, whose classes nobody else
/// sees.
@NullMarked
package io.hawser.internal.topic;

import org.jspecify.annotations.NullMarked;
