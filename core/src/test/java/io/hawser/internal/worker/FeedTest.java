package io.hawser.internal.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FeedTest {
    private static final int SOFT = BackplaneService.MAX_MESSAGE_BYTES;

    private final List<String> calls = new ArrayList<>();
    private final List<Dialogue> begun = new ArrayList<>();
    private Optional<Object> attribute = Optional.empty();
    private long queued;

    @Test
    void leavesRoomForAnAnswerWhenItsWorkerIsBehind() {
        DialogueHandler handler = new DialogueHandler(new Conversing() {
            @Override
            public void begun(Dialogue dialogue) {
                begun.add(dialogue);
            }

            @Override
            public CompletableFuture<ContainerBuilder> answer(Dialogue with, Container question) {
                return CompletableFuture.completedFuture(Container.of("done"));
            }
        });
        Session session = (Session)
                Proxy.newProxyInstance(Session.class.getClassLoader(), new Class<?>[] {Session.class}, this::called);
        handler.opened(session);
        AtomicInteger behind = new AtomicInteger();
        Feed feed = new Feed("w1", begun.getFirst(), behind::incrementAndGet);

        while (behind.get() == 0) feed.tell(Container.of("said").with("text", "x".repeat(1 << 20)));
        assertTrue(queued > SOFT / 4, "room was used: " + queued);
        long before = queued;
        handler.message(
                session,
                Message.binary(Container.of("question").with("id", 1L).build().toCbor()));

        assertTrue(queued > before, "the answer was dropped");
        assertEquals(List.of(), calls.stream().filter("abort"::equals).toList());
    }

    /// A session whose peer reads nothing.
    private Object called(Object session, Method method, Object[] arguments) {
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
