@NullMarked
package io.hawser.benchmarks.broadcast;

import org.jspecify.annotations.NullMarked;
