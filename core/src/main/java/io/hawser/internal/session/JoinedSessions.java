package io.hawser.internal.session;

import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.Sessions;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The sessions of several registries as if they were one.
///
/// @param registries those there are at the moment
public record JoinedSessions(Supplier<Stream<? extends Sessions>> registries) implements Sessions {
    @Override
    public Optional<Session> find(String id) {
        return registries.get().flatMap(each -> each.find(id).stream()).findFirst();
    }

    @Override
    public Stream<Session> stream() {
        return registries.get().flatMap(Sessions::stream);
    }

    @Override
    public int count() {
        return registries.get().mapToInt(Sessions::count).sum();
    }

    @Override
    public int broadcast(Message message) {
        return registries.get().mapToInt(each -> each.broadcast(message)).sum();
    }

    @Override
    public int broadcast(Message message, Predicate<? super Session> to) {
        return registries.get().mapToInt(each -> each.broadcast(message, to)).sum();
    }
}
