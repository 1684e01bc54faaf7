package io.hawser.internal.http.route;

import io.hawser.http.HttpHandler;
import io.hawser.http.Request;
import io.hawser.internal.http.HostNames;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Handlers by the host that a request is for.
public final class HostTable {
    /// By name; that of `*.example.com` is `.example.com`.
    private final Map<String, HttpHandler> byName = new HashMap<>();

    public void add(String name, HttpHandler handler) {
        String key = HostNames.canonical(name.startsWith("*.") ? name.substring(1) : name);
        if (key.isEmpty() || key.indexOf('*') >= 0 || key.indexOf('/') >= 0) {
            throw new IllegalArgumentException(name + ": a host, or *. and a host");
        }
        if (byName.putIfAbsent(key, handler) != null) throw new IllegalArgumentException(name + " is there twice");
    }

    public Collection<HttpHandler> handlers() {
        return byName.values();
    }

    public @Nullable HttpHandler find(Request request) {
        if (byName.isEmpty()) return null;
        String host = HostNames.of(request.authority());
        HttpHandler exact = byName.get(host);
        if (exact != null) return exact;
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            HttpHandler below = dot == 0 ? null : byName.get(host.substring(dot));
            if (below != null) return below;
        }
        return null;
    }
}
