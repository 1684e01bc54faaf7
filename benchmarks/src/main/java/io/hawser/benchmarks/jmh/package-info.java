/// Microbenchmarks of hot pieces, under JMH: each answers a question about the code that it names.
@NullMarked
package io.hawser.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
