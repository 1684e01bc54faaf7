package io.hawser.messaging;

/// Acts on a container.
///
/// @param <C> what it comes with, such as the session that it came from
@FunctionalInterface
public interface ContainerHandler<C> {
    void handle(C context, Container container) throws Exception;
}
