package io.hawser.http;

import io.hawser.Composite;
import io.hawser.ProtocolError;
import io.hawser.internal.http.route.HostTable;
import io.hawser.internal.http.route.Mount;
import io.hawser.internal.http.route.Route;
import io.hawser.internal.http.route.RouteSearch;
import io.hawser.internal.http.route.RouteTrie;
import io.hawser.io.ExecutionMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Sends each request to the handler of its method, path and host.
///
/// ```java
/// HttpHandler site = Router.builder()
///         .get("/users/{id:int}", request -> user(request.numberParameter("id")))
///         .post("/users", this::create)
///         .get("/files/{path...}", this::file)
///         .mount("/shop", shop)
///         .host("api.example.com", api)
///         .build();
/// ```
///
/// A pattern is a path whose segments are text, as it is when decoded, or a parameter: `{name}` is one
/// segment that is not empty; `{name:int}`, `{name:long}` and `{name:uuid}` are one that is such a thing;
/// `{name...}`, which comes last, is all that is left, even nothing; a segment with an escaped slash is in no
/// rest. The most particular pattern that has the method wins: text before a parameter, a typed one before
/// one without a type, a rest after these, a mount last. A path with a slash at the end is another path than
/// one without.
///
/// Without a route: HEAD is answered by GET's, OPTIONS with the methods that the path has, another method
/// with 405, another path with 404, a path with a broken escape, a NUL or a dot segment with 400. Each
/// segment is decoded by itself, so no escape changes which route a path has.
///
/// It runs in the mode of the route that it finds. Thread: immutable, safe from any.
public final class Router implements HttpHandler, Composite {
    private final RouteTrie routes;
    private final HostTable hosts;
    private final HttpHandler otherwise;
    private final Optional<ExecutionMode> mode;

    private Router(Builder builder) {
        routes = builder.routes;
        hosts = builder.hosts;
        otherwise = builder.otherwise;
        mode = FixedModes.common(handlers());
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Those of its routes, mounts and hosts, and what answers paths without a route.
    @Override
    @SuppressWarnings("ReferenceEquality") // it is the one that nobody gave
    public List<HttpHandler> handlers() {
        List<HttpHandler> all = new ArrayList<>(routes.handlers());
        all.addAll(hosts.handlers());
        if (otherwise != Builder.NO_ROUTE) all.add(otherwise);
        return all;
    }

    /// Where the router or handler that handles `request` is mounted, undecoded; empty at the top. A
    /// mounted handler sees the target without it, and puts it before the paths that it sends back.
    public static String mountedAt(Request request) {
        return Mount.prefix(request);
    }

    @Override
    public Response handle(Request request) throws Exception {
        HttpHandler host = hosts.find(request);
        if (host != null) return host.handle(request);
        String path = request.rawPath();
        Route exact = routes.exact(request.method(), path);
        if (exact != null) return exact.handler().handle(request);
        if (!path.startsWith("/")) return asterisk(request);
        RouteSearch search;
        try {
            search = routes.search(request.method(), path);
        } catch (ProtocolError malformed) {
            return Problem.of(malformed).response();
        }
        Route found = search.found();
        if (found != null) return found.handler().handle(search.withParameters(request));
        if (search.others().isEmpty()) return otherwise.handle(request);
        return allow(request.method(), search.others());
    }

    /// What is about the server rather than a path.
    private Response asterisk(Request request) {
        if (!request.method().equals(Method.OPTIONS))
            return Problem.of(Status.NOT_FOUND).response();
        return allow(Method.OPTIONS, routes.methods());
    }

    private static Response allow(Method method, Collection<Method> routed) {
        Set<Method> allowed = new LinkedHashSet<>(routed);
        if (allowed.contains(Method.GET)) allowed.add(Method.HEAD);
        allowed.add(Method.OPTIONS);
        String names = allowed.stream().map(Method::name).sorted().collect(Collectors.joining(", "));
        Response answer = method.equals(Method.OPTIONS)
                ? Response.noContent()
                : Problem.of(Status.METHOD_NOT_ALLOWED).response();
        return answer.withHeader("Allow", names);
    }

    @Override
    public ExecutionMode mode(Request request) {
        return mode.isPresent() ? mode.get() : handlerFor(request).mode(request);
    }

    @Override
    public OptionalLong maxBodyBytes(Request request) {
        return handlerFor(request).maxBodyBytes(request);
    }

    private HttpHandler handlerFor(Request request) {
        HttpHandler host = hosts.find(request);
        if (host != null) return host;
        Route exact = routes.exact(request.method(), request.rawPath());
        if (exact != null) return exact.handler();
        @Nullable Route found = search(request);
        // Refusals are made without waiting; another answer to what has no route may not be.
        return found == null ? otherwise : found.handler();
    }

    private @Nullable Route search(Request request) {
        if (!request.rawPath().startsWith("/")) return null;
        try {
            return routes.search(request.method(), request.rawPath()).found();
        } catch (ProtocolError malformed) {
            return null;
        }
    }

    /// The mode of every route, where they have the same.
    Optional<ExecutionMode> commonMode() {
        return mode;
    }

    /// Collects routes, until it has built: then it takes no more, with an [IllegalStateException].
    ///
    /// Thread: one at a time.
    public static final class Builder {
        private static final Response NOT_FOUND = Problem.of(Status.NOT_FOUND).response();
        private static final HttpHandler NO_ROUTE = ((HttpHandler) _ -> NOT_FOUND).nonBlocking();

        private final RouteTrie routes = new RouteTrie();
        private final HostTable hosts = new HostTable();
        private HttpHandler otherwise = NO_ROUTE;
        private Optional<Function<String, Filter>> each = Optional.empty();
        private boolean hasBuilt;

        private Builder() {}

        /// Adds a route.
        ///
        /// @throws IllegalArgumentException if the pattern is malformed, or another route is for the same
        ///     requests
        public Builder route(Method method, String pattern, HttpHandler handler) {
            checkOpen();
            routes.add(method, pattern, filtered(pattern, handler));
            return this;
        }

        /// Puts every route that is added from here on inside of the filter that `filters` makes for its
        /// pattern, such as one that measures.
        public Builder each(Function<String, Filter> filters) {
            checkOpen();
            each = Optional.of(filters);
            return this;
        }

        private HttpHandler filtered(String pattern, HttpHandler handler) {
            return each.map(filters -> handler.with(filters.apply(pattern))).orElse(handler);
        }

        /// Adds a route for GET, which serves HEAD too.
        public Builder get(String pattern, HttpHandler handler) {
            return route(Method.GET, pattern, handler);
        }

        public Builder post(String pattern, HttpHandler handler) {
            return route(Method.POST, pattern, handler);
        }

        public Builder put(String pattern, HttpHandler handler) {
            return route(Method.PUT, pattern, handler);
        }

        public Builder patch(String pattern, HttpHandler handler) {
            return route(Method.PATCH, pattern, handler);
        }

        public Builder delete(String pattern, HttpHandler handler) {
            return route(Method.DELETE, pattern, handler);
        }

        /// Adds a route for every method that has none of its own.
        public Builder any(String pattern, HttpHandler handler) {
            checkOpen();
            routes.add(null, pattern, filtered(pattern, handler));
            return this;
        }

        /// Gives `handler` the path `prefix` and everything below it; it sees targets without the prefix,
        /// `/` at least.
        ///
        /// @throws IllegalArgumentException if the prefix is malformed, or something is mounted there already
        public Builder mount(String prefix, HttpHandler handler) {
            checkOpen();
            routes.mount(prefix, segments -> new Mount(segments, filtered(prefix, handler)));
            return this;
        }

        /// Gives `handler` all requests for a host: `api.example.com`, or `*.example.com` for all those
        /// below it.
        ///
        /// @throws IllegalArgumentException if the name is no host, or has a handler already
        public Builder host(String name, HttpHandler handler) {
            checkOpen();
            hosts.add(name, handler);
            return this;
        }

        /// Answers paths without a route, in place of 404.
        public Builder otherwise(HttpHandler handler) {
            checkOpen();
            otherwise = handler;
            return this;
        }

        public Router build() {
            hasBuilt = true;
            return new Router(this);
        }

        /// What was built shares the tables.
        private void checkOpen() {
            if (hasBuilt) throw new IllegalStateException("the router has been built");
        }
    }
}
