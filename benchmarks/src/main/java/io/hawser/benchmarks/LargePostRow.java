package io.hawser.benchmarks;

import io.hawser.http.HttpVersion;

/// The row of large documents posted as streams; see [LargePosts].
record LargePostRow(String name, HttpVersion version) implements Row {}
