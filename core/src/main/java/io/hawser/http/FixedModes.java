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
        return switch (handler) {
            case HandlerInMode fixed -> Optional.of(fixed.mode());
            case FilteredHandler filtered -> of(filtered.next());
            case Mount mount -> of(mount.handler());
            case Router router -> router.commonMode();
            default -> keepsTheDefault(handler) ? Optional.of(ExecutionMode.VIRTUAL) : Optional.empty();
        };
    }

    private static boolean keepsTheDefault(HttpHandler handler) {
        try {
            return handler.getClass().getMethod("mode", Request.class).getDeclaringClass() == HttpHandler.class;
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
