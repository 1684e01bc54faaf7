/// JMH benchmarks of the way from a thread to a loop, in the package of what they measure, whose classes
/// nobody else sees.
@NullMarked
package io.hawser.internal.link;

import org.jspecify.annotations.NullMarked;
