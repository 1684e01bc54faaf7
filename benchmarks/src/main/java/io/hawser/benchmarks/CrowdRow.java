package io.hawser.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// The row of many callers at once on few connections; see [Crowd].
///
/// @param threads virtual ones, each of which calls again and again
record CrowdRow(String name, int threads, @JsonIgnore Upstream upstream) implements Row {}
