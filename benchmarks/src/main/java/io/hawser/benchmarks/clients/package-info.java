/// Clients of HTTP to compare ours with, each written as its own documentation advises for many threads
/// that wait.
@NullMarked
package io.hawser.benchmarks.clients;

import org.jspecify.annotations.NullMarked;
