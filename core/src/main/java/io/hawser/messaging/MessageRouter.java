package io.hawser.messaging;

import io.hawser.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Hands each container to one handler: that of its exact type, else that of the longest prefix of its type,
/// else that of the first predicate, as they were added, that holds, else the default.
///
/// ```java
/// MessageRouter<Session> router = MessageRouter.<Session>builder()
///         .on("order.new", orders::create)
///         .onPrefix("order.", orders::other)
///         .onMatching(container -> container.version() > 2, this::tooNew)
///         .otherwise(this::unknown)
///         .build();
/// ```
///
/// Thread: immutable; handlers run in the thread that routes, and as many at once as there are of these.
///
/// @param <C> what a container comes with, such as the session that it came from
public final class MessageRouter<C> {
    private record Route<M, C>(M match, ContainerHandler<C> handler) {}

    private final Map<String, ContainerHandler<C>> exact;
    private final List<Route<String, C>> longestPrefixFirst;
    private final List<Route<Predicate<Container>, C>> predicates;
    private final @Nullable ContainerHandler<C> otherwise;
    private final ContainerLimits limits;

    private MessageRouter(Builder<C> builder) {
        this.exact = Map.copyOf(builder.exact);
        this.longestPrefixFirst = builder.prefixes.entrySet().stream()
                .map(entry -> new Route<>(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(route -> -route.match().length()))
                .toList();
        this.predicates = List.copyOf(builder.predicates);
        this.otherwise = builder.otherwise;
        this.limits = builder.limits;
    }

    public static <C> Builder<C> builder() {
        return new Builder<>();
    }

    /// Runs the handler of the container.
    ///
    /// @return false where there is none, and nothing was done
    /// @throws Exception whatever the handler throws
    public boolean route(C context, Container container) throws Exception {
        ContainerHandler<C> handler = find(container);
        if (handler == null) return false;
        handler.handle(context, container);
        return true;
    }

    /// Decodes CBOR within the limits of this router, and routes it.
    ///
    /// @return false where there is no handler, and nothing was done
    /// @throws io.hawser.ProtocolError 4004 for what is not a container
    /// @throws io.hawser.LimitExceeded for a container over a limit
    /// @throws Exception whatever the handler throws
    public boolean route(C context, Bytes payload) throws Exception {
        return route(context, Container.fromCbor(payload, limits));
    }

    private @Nullable ContainerHandler<C> find(Container container) {
        String type = container.type();
        ContainerHandler<C> handler = exact.get(type);
        if (handler != null) return handler;
        for (Route<String, C> route : longestPrefixFirst) {
            if (type.startsWith(route.match())) return route.handler();
        }
        for (Route<Predicate<Container>, C> route : predicates) {
            if (route.match().test(container)) return route.handler();
        }
        return otherwise;
    }

    /// Gathers the routes.
    ///
    /// Thread: one at a time.
    public static final class Builder<C> {
        private final Map<String, ContainerHandler<C>> exact = new HashMap<>();
        private final Map<String, ContainerHandler<C>> prefixes = new HashMap<>();
        private final List<Route<Predicate<Container>, C>> predicates = new ArrayList<>();
        private @Nullable ContainerHandler<C> otherwise;
        private ContainerLimits limits = ContainerLimits.defaults();

        private Builder() {}

        /// Containers of exactly that type.
        ///
        /// @throws IllegalArgumentException if the type has a handler already
        public Builder<C> on(String type, ContainerHandler<C> handler) {
            if (exact.putIfAbsent(type, handler) != null)
                throw new IllegalArgumentException("type " + type + " has a handler already");
            return this;
        }

        /// Containers whose type begins with that prefix; `order.` does not match the type `order`.
        ///
        /// @throws IllegalArgumentException if the prefix is empty or has a handler already
        public Builder<C> onPrefix(String prefix, ContainerHandler<C> handler) {
            if (prefix.isEmpty()) throw new IllegalArgumentException("an empty prefix: use otherwise()");
            if (prefixes.putIfAbsent(prefix, handler) != null)
                throw new IllegalArgumentException("prefix " + prefix + " has a handler already");
            return this;
        }

        /// Containers for which `predicate` holds. It runs in the thread that routes, on what no type or prefix
        /// took.
        public Builder<C> onMatching(Predicate<Container> predicate, ContainerHandler<C> handler) {
            predicates.add(new Route<>(predicate, handler));
            return this;
        }

        /// Every other container. Without it they are left, and [MessageRouter#route] says so.
        ///
        /// @throws IllegalArgumentException if there is a default already
        public Builder<C> otherwise(ContainerHandler<C> handler) {
            if (otherwise != null) throw new IllegalArgumentException("there is a default already");
            otherwise = handler;
            return this;
        }

        /// What a payload may ask for when it is decoded.
        public Builder<C> limits(ContainerLimits limits) {
            this.limits = limits;
            return this;
        }

        public MessageRouter<C> build() {
            return new MessageRouter<>(this);
        }
    }
}
