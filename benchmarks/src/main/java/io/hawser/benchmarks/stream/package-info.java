/// What the load generator says to servers of gRPC and of RSocket.
@NullMarked
package io.hawser.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
