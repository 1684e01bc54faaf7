/// The side-by-side comparison behind `./hawser peers`.
///
/// Servers run pinned to one core, the load generator in this process pinned to another. Every row first runs the
/// baseline against a second instance of itself, so that the noise of the machine is known before anyone reads a ratio.
@NullMarked
package io.hawser.benchmarks;

import org.jspecify.annotations.NullMarked;
