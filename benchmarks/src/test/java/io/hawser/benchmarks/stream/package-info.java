@NullMarked
package io.hawser.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
