package io.hawser;

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
}
