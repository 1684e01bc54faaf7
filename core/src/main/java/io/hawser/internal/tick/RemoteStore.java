package io.hawser.internal.tick;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.internal.process.Dialogue;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.messaging.Field;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The table of another process, at the far end of a [Dialogue].
record RemoteStore(Dialogue dialogue) implements StateStore {
    private static final Duration LONGEST_RELEASE = Duration.ofSeconds(5);

    @Override
    public Optional<Bytes> find(String map, String key) {
        return dialogue.ask(Container.of("find").with("map", map).with("key", key))
                .optional("value", Field::bytes);
    }

    @Override
    public Swapped swap(String map, String key, Expected expected, Optional<Bytes> value, Optional<Fence> fence) {
        ContainerBuilder question = Container.of("swap").with("map", map).with("key", key);
        question.with("any", expected.any());
        expected.value().ifPresent(bytes -> question.with("expected", bytes));
        value.ifPresent(bytes -> question.with("value", bytes));
        Container answer = dialogue.ask(fenced(question, fence));
        return new Swapped(answer.bool("done"), answer.optional("before", Field::bytes));
    }

    private static ContainerBuilder fenced(ContainerBuilder question, Optional<Fence> fence) {
        fence.ifPresent(by -> question.with("lock", by.lock()).with("token", by.token()));
        return question;
    }

    @Override
    public List<String> keys(String map, String after, int max) {
        Container answer = dialogue.ask(
                Container.of("keys").with("map", map).with("after", after).with("max", max));
        return answer.at("keys").items().stream().map(Field::string).toList();
    }

    @Override
    public int size(String map) {
        return dialogue.ask(Container.of("size").with("map", map)).int32("size");
    }

    @Override
    public void clear(String map, Optional<Fence> fence) {
        dialogue.ask(fenced(Container.of("clear").with("map", map), fence));
    }

    @Override
    public long add(String counter, long delta) {
        return dialogue.ask(Container.of("add").with("counter", counter).with("delta", delta))
                .int64("value");
    }

    @Override
    public long exchange(String counter, OptionalLong expected, long value) {
        ContainerBuilder question =
                Container.of("exchange").with("counter", counter).with("value", value);
        expected.ifPresent(number -> question.with("expected", number));
        return dialogue.ask(question).int64("before");
    }

    @Override
    public long acquire(String lock) {
        long ticket = dialogue.nextId();
        ContainerBuilder question = Container.of("acquire").with("lock", lock).with("ticket", ticket);
        try {
            return dialogue.ask(question, ticket, Deadline.current()).int64("token");
        } catch (DeadlineExceeded e) {
            withdraw(lock, ticket);
            throw new DeadlineExceeded("lock " + lock, Processed.NO);
        } catch (Cancelled e) {
            withdraw(lock, ticket);
            throw new Cancelled("interrupted while waiting for lock " + lock, Processed.NO, e);
        }
    }

    /// What is not said would leave the lock held for good; when the connection goes, the lock goes too.
    private void withdraw(String lock, long ticket) {
        ContainerBuilder said = Container.of("withdraw").with("lock", lock).with("ticket", ticket);
        if (!dialogue.offer(said)) dialogue.close();
    }

    @Override
    public OptionalLong tryAcquire(String lock) {
        long ticket = dialogue.nextId();
        ContainerBuilder question = Container.of("try").with("lock", lock).with("ticket", ticket);
        try {
            Container answer = dialogue.ask(question);
            return answer.has("token") ? OptionalLong.of(answer.int64("token")) : OptionalLong.empty();
        } catch (DeadlineExceeded e) {
            withdraw(lock, ticket);
            throw new DeadlineExceeded("an answer about lock " + lock, Processed.NO);
        } catch (Cancelled e) {
            withdraw(lock, ticket);
            throw new Cancelled("interrupted while trying lock " + lock, Processed.NO, e);
        }
    }

    @Override
    public void release(String lock, long token) {
        CompletableFuture<Container> released =
                dialogue.begin(Container.of("release").with("lock", lock).with("token", token));
        try {
            released.get(LONGEST_RELEASE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // It is said, and will be done.
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            dialogue.close();
        }
    }

    @Override
    public boolean isOpen() {
        return dialogue.isOpen();
    }
}
