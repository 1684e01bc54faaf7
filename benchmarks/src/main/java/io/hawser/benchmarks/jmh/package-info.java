/// Microbenchmarks of hot pieces, under JMH: each answers a question about the code that it names.
///
/// Those of classes that their package alone sees are in that package, under `io.hawser.internal` of this
/// module: benchmarks run on the class path, where a package may come from two jars, so nothing has to be
/// opened for them. Those that have a peer require first that both make the same of the same input
/// ([SameWork]).
@NullMarked
package io.hawser.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
