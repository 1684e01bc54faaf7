package io.hawser.internal.http.route;

import io.hawser.http.Method;
import io.hawser.http.Request;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One search for the route of a path, and what it found.
public final class RouteSearch {
    private final Method method;
    private final String[] segments;

    /// The segments that parameters on the way matched; the first `depth` count.
    private final String[] values;

    private int depth;
    private @Nullable Route found;

    /// Methods of patterns that match but for the method.
    private final Set<Method> others = new LinkedHashSet<>();

    RouteSearch(Method method, String[] segments) {
        this.method = method;
        this.segments = segments;
        this.values = new String[segments.length + 1];
    }

    /// The route, null if there is none.
    public @Nullable Route found() {
        return found;
    }

    /// Methods that the path has, if it lacks this one.
    public Set<Method> others() {
        return others;
    }

    /// `request` with the parameters of the route.
    public Request withParameters(Request request) {
        Request named = request;
        if (found == null) return named;
        for (int i = 0; i < found.names().size(); i++) {
            named = named.withPathParameter(found.names().get(i), values[i]);
        }
        return named;
    }

    void run(RouteNode root) {
        // Of "/" there is one segment, which is empty.
        descend(root, 0);
    }

    private boolean descend(RouteNode node, int at) {
        if (at == segments.length) return take(node.here) || take(node.mount);
        String segment = segments[at];
        RouteNode literal = node.literals.get(segment);
        if (literal != null && descend(literal, at + 1)) return true;
        for (Map.Entry<ParameterType, RouteNode> parameter : node.parameters.entrySet()) {
            if (!parameter.getKey().matches(segment)) continue;
            values[depth++] = segment;
            if (descend(parameter.getValue(), at + 1)) return true;
            depth--;
        }
        return takeRest(node.rest, at) || take(node.mount);
    }

    private boolean takeRest(@Nullable RouteLeaf rest, int at) {
        if (rest == null) return false;
        StringBuilder joined = new StringBuilder();
        for (int i = at; i < segments.length; i++) {
            // Joined, an escaped slash could no longer be told from the others.
            if (segments[i].indexOf('/') >= 0) return false;
            if (i > at) joined.append('/');
            joined.append(segments[i]);
        }
        values[depth] = joined.toString();
        return take(rest);
    }

    private boolean take(@Nullable RouteLeaf leaf) {
        if (leaf == null) return false;
        found = leaf.find(method);
        if (found != null) return true;
        leaf.addMethodsTo(others);
        return false;
    }
}
