/// JMH benchmarks and concurrency stress (jcstress) of links, in the package of what they are about, whose
/// classes nobody else sees.
@NullMarked
package io.hawser.internal.link;

import org.jspecify.annotations.NullMarked;
