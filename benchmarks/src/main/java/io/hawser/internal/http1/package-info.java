/// JMH benchmarks of the heads of HTTP/1.1, in the package of what they measure, whose classes nobody else
/// sees.
@NullMarked
package io.hawser.internal.http1;

import org.jspecify.annotations.NullMarked;
