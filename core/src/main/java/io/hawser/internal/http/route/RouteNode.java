package io.hawser.internal.http.route;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One place in the tree of patterns: what may follow, and what ends here.
final class RouteNode {
    final Map<String, RouteNode> literals = new HashMap<>();

    /// In the order in which they are tried.
    final Map<ParameterType, RouteNode> parameters = new EnumMap<>(ParameterType.class);

    @Nullable
    RouteLeaf here;

    /// Of patterns that go on with a rest.
    @Nullable
    RouteLeaf rest;

    /// Of handlers for everything here and below.
    @Nullable
    RouteLeaf mount;

    RouteNode child(PathPattern.Part part) {
        // No switch over types: each start would generate the code of one.
        if (part instanceof PathPattern.Literal literal)
            return literals.computeIfAbsent(literal.text(), _ -> new RouteNode());
        if (part instanceof PathPattern.Parameter parameter)
            return parameters.computeIfAbsent(parameter.type(), _ -> new RouteNode());
        throw new IllegalArgumentException("a rest has no children");
    }

    RouteLeaf here() {
        RouteLeaf leaf = here == null ? new RouteLeaf() : here;
        here = leaf;
        return leaf;
    }

    RouteLeaf rest() {
        RouteLeaf leaf = rest == null ? new RouteLeaf() : rest;
        rest = leaf;
        return leaf;
    }

    RouteLeaf mount() {
        RouteLeaf leaf = mount == null ? new RouteLeaf() : mount;
        mount = leaf;
        return leaf;
    }
}
