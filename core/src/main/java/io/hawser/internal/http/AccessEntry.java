package io.hawser.internal.http;

import io.hawser.http.Request;
import java.time.Instant;

/// One request that was answered.
///
/// @param micros from the beginning of the handler
public record AccessEntry(Request request, int status, long bytes, long micros, Instant at) {}
