package io.hawser.internal.worker;

import io.hawser.internal.process.Conversing;
import io.hawser.internal.process.Dialogue;
import io.hawser.internal.process.DialogueHandler;
import io.hawser.internal.session.SessionControl;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import io.hawser.session.SessionStats;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A dialogue with a process that reads nothing.
final class UnreadSession {
    private static final int SOFT = BackplaneService.MAX_MESSAGE_BYTES;
    private static final int HARD = 2 * SOFT;
    private static final long LOOK_MILLIS = 20;

    final Queue<String> calls = new ConcurrentLinkedQueue<>();
    final Dialogue dialogue;
    private final DialogueHandler handler;
    private final Session session;
    private volatile Optional<Object> attribute = Optional.empty();
    private final AtomicLong queued = new AtomicLong();

    UnreadSession() {
        List<Dialogue> begun = new ArrayList<>();
        handler = new DialogueHandler(new Conversing() {
            @Override
            public void begun(Dialogue dialogue) {
                begun.add(dialogue);
            }

            @Override
            public CompletableFuture<ContainerBuilder> answer(Dialogue with, Container question) {
                return CompletableFuture.completedFuture(Container.of("done"));
            }
        });
        session = (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class, SessionControl.class}, this::called);
        handler.opened(session);
        dialogue = begun.getFirst();
    }

    /// The other process asks.
    void asks(ContainerBuilder question) {
        handler.message(session, Message.binary(question.with("id", 1L).build().toCbor()));
    }

    long queued() {
        return queued.get();
    }

    /// As much waits as others than those that must be heard may queue.
    void fill() {
        queued.set(SOFT);
    }

    private Offer queue(Message message, long most) {
        int size = message.bytes().size();
        if (queued.get() >= most) return Offer.DROPPED;
        queued.addAndGet(size);
        return Offer.QUEUED;
    }

    /// Slow enough that others look, too, before it is used.
    private SessionStats stats() throws InterruptedException {
        long seen = queued.get();
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        return new SessionStats(0, 0, 0, 0, 0, seen, Duration.ZERO);
    }

    private Object called(Object proxy, Method method, Object[] arguments) throws InterruptedException {
        calls.add(method.getName());
        return switch (method.getName()) {
            case "attribute" -> {
                if (arguments.length == 2) attribute = Optional.of(arguments[1]);
                yield attribute;
            }
            case "offer" -> queue((Message) arguments[0], SOFT);
            case "offerUrgent" -> queue((Message) arguments[0], HARD);
            case "stats" -> stats();
            case "toString" -> "session";
            default -> Optional.empty();
        };
    }
}
