package io.hawser.http;

import io.hawser.internal.http.route.Mount;
import io.hawser.io.ExecutionMode;
import java.util.Collection;
import java.util.Optional;

/// Finds out, once, which handlers run in the same mode whatever the request is.
final class FixedModes {
    private FixedModes() {}

    /// The mode that all of `handlers` always have; empty if they differ or one decides by the request.
    static Optional<ExecutionMode> common(Collection<HttpHandler> handlers) {
        Optional<ExecutionMode> common = Optional.empty();
        for (HttpHandler handler : handlers) {
            Optional<ExecutionMode> mode = of(handler);
            if (mode.isEmpty() || (common.isPresent() && !common.equals(mode))) return Optional.empty();
            common = mode;
        }
        return common;
    }

    private static Optional<ExecutionMode> of(HttpHandler handler) {
        // No switch over types: each start would generate the code of one.
        if (handler instanceof HandlerInMode fixed) return Optional.of(fixed.mode());
        if (handler instanceof FilteredHandler filtered) return of(filtered.next());
        if (handler instanceof Mount mount) return of(mount.handler());
        if (handler instanceof Router router) return router.commonMode();
        return keepsTheDefault(handler) ? Optional.of(ExecutionMode.VIRTUAL) : Optional.empty();
    }

    private static boolean keepsTheDefault(HttpHandler handler) {
        try {
            return handler.getClass().getMethod("mode", Request.class).getDeclaringClass() == HttpHandler.class;
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
