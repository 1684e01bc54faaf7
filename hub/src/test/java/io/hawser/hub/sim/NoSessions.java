package io.hawser.hub.sim;

import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.Sessions;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The bare sessions of a node, where all peers say hello.
final class NoSessions implements Sessions {
    @Override
    public Optional<Session> find(String id) {
        return Optional.empty();
    }

    @Override
    public Stream<Session> stream() {
        return Stream.empty();
    }

    @Override
    public int count() {
        return 0;
    }

    @Override
    public int broadcast(Message message) {
        return 0;
    }

    @Override
    public int broadcast(Message message, Predicate<? super Session> to) {
        return 0;
    }
}
