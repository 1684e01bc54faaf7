package io.hawser.internal.http.route;

import io.hawser.http.HttpHandler;
import java.util.List;

/// Where a pattern leads.
///
/// @param names of the parameters, in the order of the pattern
public record Route(String pattern, List<String> names, HttpHandler handler) {}
