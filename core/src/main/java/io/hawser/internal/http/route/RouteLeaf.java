package io.hawser.internal.http.route;

import io.hawser.http.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The routes of one pattern, by method.
final class RouteLeaf {
    private final Map<Method, Route> byMethod = new HashMap<>();
    private @Nullable Route any;

    /// Adds a route, for all methods if `method` is null.
    void add(@Nullable Method method, Route route) {
        Route before;
        if (method == null) {
            before = any;
            any = route;
        } else {
            before = byMethod.put(method, route);
        }
        if (before != null) {
            throw new IllegalArgumentException(
                    route.pattern() + " and " + before.pattern() + " are for the same requests");
        }
    }

    /// The route for `method`; GET serves HEAD.
    @Nullable
    Route find(Method method) {
        Route route = byMethod.get(method);
        if (route == null && method.equals(Method.HEAD)) route = byMethod.get(Method.GET);
        return route != null ? route : any;
    }

    void addMethodsTo(Set<Method> methods) {
        methods.addAll(byMethod.keySet());
    }
}
