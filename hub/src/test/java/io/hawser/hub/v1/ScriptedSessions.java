package io.hawser.hub.v1;

import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import io.hawser.session.Sessions;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The sessions that a test has made.
record ScriptedSessions(List<ScriptedSession> all) implements Sessions {
    static ScriptedSessions of(ScriptedSession... all) {
        return new ScriptedSessions(List.of(all));
    }

    @Override
    public Optional<Session> find(String id) {
        return stream().filter(session -> session.id().equals(id)).findFirst();
    }

    @Override
    public Stream<Session> stream() {
        return all.stream().map(session -> session);
    }

    @Override
    public int count() {
        return all.size();
    }

    @Override
    public int broadcast(Message message) {
        return broadcast(message, session -> true);
    }

    @Override
    public int broadcast(Message message, Predicate<? super Session> to) {
        return (int) stream()
                .filter(to)
                .filter(session -> session.offer(message) == Offer.QUEUED)
                .count();
    }
}
