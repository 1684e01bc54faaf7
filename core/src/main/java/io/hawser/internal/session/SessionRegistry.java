package io.hawser.internal.session;

import io.hawser.TimeSource;
import io.hawser.internal.link.Dispatcher;
import io.hawser.internal.link.Link;
import io.hawser.internal.link.LinkGroup;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import io.hawser.session.SessionState;
import io.hawser.session.Sessions;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The sessions of one server. Several protocols on one port share one.
public class SessionRegistry extends LinkGroup implements Sessions {
    private final SessionHandler handler;
    private final SessionConfig config;
    private final ConcurrentHashMap<String, SessionLink> open = new ConcurrentHashMap<>();

    public SessionRegistry(
            SessionConfig config, SessionHandler handler, Dispatcher dispatcher, boolean pulled, TimeSource time) {
        super(config.limits(), dispatcher, pulled, time);
        this.config = config;
        this.handler = handler;
    }

    public final SessionConfig config() {
        return config;
    }

    public final SessionHandler handler() {
        return handler;
    }

    @Override
    protected void opened(Link link) {
        if (link instanceof SessionLink session) open.put(session.id(), session);
    }

    @Override
    protected void closed(Link link) {
        if (!(link instanceof SessionLink session)) return;
        open.remove(session.id(), session);
        session.leaveAll();
    }

    @Override
    public final Optional<Session> find(String id) {
        return Optional.ofNullable(open.get(id));
    }

    @Override
    public final Stream<Session> stream() {
        return open.values().stream().map(session -> session);
    }

    @Override
    public final int count() {
        return open.size();
    }

    /// Whether `message` may be sent at all.
    ///
    /// @throws io.hawser.LimitExceeded if it is too long for this server
    protected void check(Message message) {}

    @Override
    public final int broadcast(Message message) {
        int count = open.size();
        handOut(message, session -> true);
        return count;
    }

    @Override
    public final int broadcast(Message message, Predicate<? super Session> to) {
        int count = (int) open.values().stream().filter(to).count();
        handOut(message, to);
        return count;
    }

    private void handOut(Message message, Predicate<? super Session> to) {
        check(message);
        SharedMessage shared = new SharedMessage(message);
        onEachLink(link -> {
            if (link instanceof SessionLink session && session.state() == SessionState.OPEN && to.test(session)) {
                session.offerShared(shared);
            }
        });
    }
}
