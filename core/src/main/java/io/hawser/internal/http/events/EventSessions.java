package io.hawser.internal.http.events;

import io.hawser.Bytes;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.Sessions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Event streams that are open: those of one endpoint, or those of one server, whatever endpoint they came
/// to.
///
/// A stream is one of the server that sends it. Which one that is, the sending thread knows, and says so
/// around the sending: the body may be wrapped by filters, and the endpoint may be of several servers.
///
/// Thread: safe from any.
public final class EventSessions implements Sessions {
    private static final ScopedValue<EventSessions> SENDING = ScopedValue.newInstance();

    private final ConcurrentHashMap<String, QueuedEvents> open = new ConcurrentHashMap<>();
    private volatile @Nullable Supplier<CloseReason> closing;

    /// Calls `work`; streams that it begins to send are of this server.
    public <T> T whileSending(Callable<T> work) throws Exception {
        return ScopedValue.where(SENDING, this).call(work::call);
    }

    /// Those of the server for which this thread sends, if it does.
    static Optional<EventSessions> ofServer() {
        return SENDING.isBound() ? Optional.of(SENDING.get()) : Optional.empty();
    }

    void add(QueuedEvents session) {
        open.put(session.id(), session);
        Supplier<CloseReason> reasons = closing;
        if (reasons != null) session.close(reasons.get());
    }

    void remove(QueuedEvents session) {
        open.remove(session.id(), session);
    }

    boolean isClosing() {
        return closing != null;
    }

    /// Ends all that there are, behind what is queued for them, and those that still come.
    ///
    /// @param reasons asked for each of them
    public void close(Supplier<CloseReason> reasons) {
        closing = reasons;
        open.values().forEach(session -> session.close(reasons.get()));
    }

    @Override
    public Optional<Session> find(String id) {
        return Optional.ofNullable(open.get(id));
    }

    @Override
    public Stream<Session> stream() {
        return open.values().stream().map(session -> session);
    }

    @Override
    public int count() {
        return open.size();
    }

    @Override
    public int broadcast(Message message) {
        return broadcast(message, _ -> true);
    }

    /// A message that is no text has no form here: each stream counts it as dropped.
    @Override
    public int broadcast(Message message, Predicate<? super Session> to) {
        List<QueuedEvents> reached = open.values().stream().filter(to).toList();
        if (!message.isText()) {
            reached.forEach(QueuedEvents::passedOver);
            return 0;
        }
        Bytes encoded = QueuedEvents.encode(message);
        for (QueuedEvents session : reached) session.offer(encoded);
        return reached.size();
    }
}
