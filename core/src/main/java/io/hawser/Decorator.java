package io.hawser;

import java.util.stream.Stream;

/// A handler around another one, which stays visible to those who look for what else it is, such as a ticker.
///
/// Thread: immutable.
public interface Decorator {
    /// The one inside.
    Object decorated();

    /// The innermost of `handler` and what it decorates.
    static Object innermost(Object handler) {
        Object inner = handler;
        while (inner instanceof Decorator decorator) inner = decorator.decorated();
        return inner;
    }

    /// `handler`, and whatever it decorates or hands over to, at any depth.
    static Stream<Object> allWithin(Object handler) {
        Stream<?> below = switch (handler) {
            case Decorator decorator -> Stream.of(decorator.decorated());
            case Composite composite -> composite.handlers().stream();
            default -> Stream.empty();
        };
        return Stream.concat(Stream.of(handler), below.flatMap(Decorator::allWithin));
    }
}
