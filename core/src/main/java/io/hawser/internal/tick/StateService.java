package io.hawser.internal.tick;

import io.hawser.internal.process.Conversing;
import io.hawser.internal.process.Dialogue;
import io.hawser.internal.tick.StateStore.Expected;
import io.hawser.internal.tick.StateStore.Fence;
import io.hawser.internal.tick.StateStore.Swapped;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.messaging.Field;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Answers what the [RemoteStore]s of other processes ask. The locks of a process go when its connection does.
///
/// Thread: safe from any.
public final class StateService implements Conversing {
    private final StateTable table;

    /// What each process waits for in a lock's queue, and what it got there and has not given back, by its
    /// ticket.
    private final Map<Dialogue, Map<Long, CompletableFuture<Long>>> tickets = new ConcurrentHashMap<>();

    public StateService(StateTable table) {
        this.table = table;
    }

    @Override
    public void begun(Dialogue dialogue) {
        tickets.put(dialogue, new ConcurrentHashMap<>());
    }

    @Override
    public void ended(Dialogue dialogue) {
        tickets.remove(dialogue);
        table.releaseAll(dialogue);
    }

    @Override
    public CompletableFuture<ContainerBuilder> answer(Dialogue with, Container question) {
        if (question.type().equals("acquire")) return acquire(with, question);
        return CompletableFuture.completedFuture(
                switch (question.type()) {
                    case "find" -> find(question);
                    case "swap" -> swap(question);
                    case "keys" -> keys(question);
                    case "size" -> done().with("size", table.size(question.string("map")));
                    case "clear" -> clear(question);
                    case "add" -> add(question);
                    case "exchange" -> exchange(question);
                    case "try" -> tryAcquire(with, question);
                    case "withdraw" -> withdraw(with, question);
                    case "release" -> release(with, question);
                    default -> throw new IllegalArgumentException("no question " + question.type());
                });
    }

    private static ContainerBuilder done() {
        return Container.of("answer");
    }

    private ContainerBuilder find(Container question) {
        ContainerBuilder answer = done();
        table.find(question.string("map"), question.string("key")).ifPresent(bytes -> answer.with("value", bytes));
        return answer;
    }

    private ContainerBuilder swap(Container question) {
        Swapped swapped = table.swap(
                question.string("map"),
                question.string("key"),
                new Expected(question.bool("any"), question.optional("expected", Field::bytes)),
                question.optional("value", Field::bytes),
                fence(question));
        ContainerBuilder answer = done().with("done", swapped.done());
        swapped.before().ifPresent(bytes -> answer.with("before", bytes));
        return answer;
    }

    private static Optional<Fence> fence(Container question) {
        return question.optional("lock", Field::string).map(lock -> new Fence(lock, question.int64("token")));
    }

    private ContainerBuilder keys(Container question) {
        return done().with("keys", table.keys(question.string("map"), question.string("after"), question.int32("max")));
    }

    private ContainerBuilder clear(Container question) {
        table.clear(question.string("map"), fence(question));
        return done();
    }

    private ContainerBuilder add(Container question) {
        return done().with("value", table.add(question.string("counter"), question.int64("delta")));
    }

    private ContainerBuilder exchange(Container question) {
        OptionalLong expected =
                question.has("expected") ? OptionalLong.of(question.int64("expected")) : OptionalLong.empty();
        return done().with("before", table.exchange(question.string("counter"), expected, question.int64("value")));
    }

    private ContainerBuilder tryAcquire(Dialogue with, Container question) {
        ContainerBuilder answer = done();
        table.tryAcquire(question.string("lock"), with).ifPresent(token -> {
            remember(with, question, CompletableFuture.completedFuture(token));
            answer.with("token", token);
        });
        return answer;
    }

    private CompletableFuture<ContainerBuilder> acquire(Dialogue with, Container question) {
        CompletableFuture<Long> grant = table.acquire(question.string("lock"), with);
        remember(with, question, grant);
        return grant.thenApply(token -> done().with("token", token));
    }

    private void remember(Dialogue with, Container question, CompletableFuture<Long> grant) {
        tickets.getOrDefault(with, Map.of()).put(question.int64("ticket"), grant);
    }

    private ContainerBuilder withdraw(Dialogue with, Container question) {
        @Nullable
        CompletableFuture<Long> grant = tickets.getOrDefault(with, Map.of()).remove(question.int64("ticket"));
        if (grant != null) table.withdraw(question.string("lock"), grant);
        return done();
    }

    private ContainerBuilder release(Dialogue with, Container question) {
        long token = question.int64("token");
        tickets.getOrDefault(with, Map.of()).values().removeIf(grant -> grant.isDone() && grant.join() == token);
        table.release(question.string("lock"), token);
        return done();
    }
}
