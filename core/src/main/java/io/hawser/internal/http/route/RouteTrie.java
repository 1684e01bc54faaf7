package io.hawser.internal.http.route;

import io.hawser.http.HttpHandler;
import io.hawser.http.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// All patterns of a router, as a tree of segments.
///
/// The most particular pattern that has the method wins: at each segment first what is written out, then
/// parameters
/// by type, then a rest, then a mount. A search visits each node once at most, because a node has one depth. A
/// path
/// that is written out in a pattern without escapes is found by one look-up.
public final class RouteTrie {
    private final RouteNode root = new RouteNode();
    private final Map<String, RouteLeaf> exact = new HashMap<>();
    private final Set<Method> methods = new LinkedHashSet<>();
    private final List<HttpHandler> handlers = new ArrayList<>();

    /// Adds a route, for all methods if `method` is null.
    public void add(@Nullable Method method, String pattern, HttpHandler handler) {
        PathPattern path = PathPattern.parse(pattern);
        Route route = new Route(pattern, path.names(), handler);
        RouteNode node = root;
        boolean isRest = path.parts().getLast() instanceof PathPattern.Rest;
        for (PathPattern.Part part :
                isRest ? path.parts().subList(0, path.parts().size() - 1) : path.parts()) {
            node = node.child(part);
        }
        RouteLeaf leaf = isRest ? node.rest() : node.here();
        leaf.add(method, route);
        if (path.names().isEmpty() && pattern.indexOf('%') < 0) exact.put(pattern, leaf);
        if (method != null) methods.add(method);
        handlers.add(handler);
    }

    /// Adds a handler for `prefix` and everything below it.
    ///
    /// @param makeHandler gets the number of segments of the prefix
    public void mount(String prefix, IntFunction<HttpHandler> makeHandler) {
        String pattern = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        RouteNode node = root;
        List<String> names = List.of();
        int segments = 0;
        if (!pattern.isEmpty()) {
            PathPattern path = PathPattern.parse(pattern);
            names = path.names();
            segments = path.parts().size();
            for (PathPattern.Part part : path.parts()) node = node.child(part);
        }
        HttpHandler handler = makeHandler.apply(segments);
        node.mount().add(null, new Route(prefix, names, handler));
        handlers.add(handler);
    }

    public List<HttpHandler> handlers() {
        return handlers;
    }

    /// Every method that some route has.
    public Set<Method> methods() {
        return methods;
    }

    /// The route of a path that a pattern writes out and that has the method, without a search; null otherwise.
    public @Nullable Route exact(Method method, String rawPath) {
        RouteLeaf leaf = exact.get(rawPath);
        return leaf == null ? null : leaf.find(method);
    }

    /// Searches for `rawPath`.
    ///
    /// @throws io.hawser.ProtocolError with code 400 if the path has a broken escape, a NUL or a dot segment
    public RouteSearch search(Method method, String rawPath) {
        RouteSearch search = new RouteSearch(method, PathSegments.of(rawPath));
        search.run(root);
        return search;
    }
}
