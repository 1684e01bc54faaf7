package io.hawser.http;

/// Stands around a handler: changes the request on its way in, the response on its way out, or answers by
/// itself.
///
/// Thread: that of the handler; a filter that blocks must not stand around a non-blocking one.
@FunctionalInterface
public interface Filter {
    /// Answers `request`, usually with what `next` makes of it.
    Response filter(Request request, HttpHandler next) throws Exception;
}
