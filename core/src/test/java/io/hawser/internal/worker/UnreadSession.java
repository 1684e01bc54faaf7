package io.hawser.internal.worker;

import io.hawser.internal.process.Conversing;
import io.hawser.internal.process.Dialogue;
import io.hawser.internal.process.DialogueHandler;
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
import java.util.concurrent.CompletableFuture;

/// A dialogue with a process that reads nothing.
final class UnreadSession {
    private static final int SOFT = BackplaneService.MAX_MESSAGE_BYTES;

    final List<String> calls = new ArrayList<>();
    final Dialogue dialogue;
    private final DialogueHandler handler;
    private final Session session;
    private Optional<Object> attribute = Optional.empty();
    private long queued;

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
        session = (Session)
                Proxy.newProxyInstance(Session.class.getClassLoader(), new Class<?>[] {Session.class}, this::called);
        handler.opened(session);
        dialogue = begun.getFirst();
    }

    /// The other process asks.
    void asks(ContainerBuilder question) {
        handler.message(session, Message.binary(question.with("id", 1L).build().toCbor()));
    }

    long queued() {
        return queued;
    }

    private Object called(Object proxy, Method method, Object[] arguments) {
        calls.add(method.getName());
        return switch (method.getName()) {
            case "attribute" -> {
                if (arguments.length == 2) attribute = Optional.of(arguments[1]);
                yield attribute;
            }
            case "offer" -> {
                if (queued >= SOFT) yield Offer.DROPPED;
                queued += ((Message) arguments[0]).bytes().size();
                yield Offer.QUEUED;
            }
            case "stats" -> new SessionStats(0, 0, 0, 0, 0, queued, Duration.ZERO);
            case "toString" -> "session";
            default -> Optional.empty();
        };
    }
}
