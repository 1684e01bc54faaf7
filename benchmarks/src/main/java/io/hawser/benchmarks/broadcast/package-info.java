/// A load of broadcasts: one publisher, many subscribers, and when each of them had what was published.
@NullMarked
package io.hawser.benchmarks.broadcast;

import org.jspecify.annotations.NullMarked;
