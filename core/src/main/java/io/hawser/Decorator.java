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
        // No switch over types: each start would generate the code of one.
        Stream<?> below = Stream.empty();
        if (handler instanceof Decorator decorator) below = Stream.of(decorator.decorated());
        else if (handler instanceof Composite composite) below = composite.handlers().stream();
        return Stream.concat(Stream.of(handler), below.flatMap(Decorator::allWithin));
    }
}
