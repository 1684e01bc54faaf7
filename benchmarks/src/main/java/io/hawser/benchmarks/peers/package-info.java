/// Servers to compare with: each does one row of the comparison as its own documentation advises, and no
/// more.
///
/// Every one takes `--port P --threads N`, some `--transport T`, prints `ready PORT` when it accepts
/// connections and runs
/// until it is ended.
@NullMarked
package io.hawser.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
