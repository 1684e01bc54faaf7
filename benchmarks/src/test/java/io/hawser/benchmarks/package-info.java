@NullMarked
package io.hawser.benchmarks;

import org.jspecify.annotations.NullMarked;
