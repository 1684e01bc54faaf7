@NullMarked
package io.hawser.benchmarks.it;

import org.jspecify.annotations.NullMarked;
