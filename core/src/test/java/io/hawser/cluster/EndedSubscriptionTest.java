package io.hawser.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.testing.FakeTime;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is ended while its history is being read is answered all the same, once.
final class EndedSubscriptionTest {
    private static final TopicPattern ROOM = TopicPattern.of("room");

    private final LocalBackplane local =
            LocalBackplane.start("n", TopicRules.defaults(), MemoryLimits.defaults(), new FakeTime());
    private final Deque<CompletableFuture<History>> reads = new ArrayDeque<>();
    private final Subscriptions subscriptions = Subscriptions.over(slow());
    private final Inbox inbox = new Inbox();
    private final Inbox second = new Inbox();
    private final Follower follower = subscriptions.follow(inbox);

    private Backplane slow() {
        return (Backplane) Proxy.newProxyInstance(
                Backplane.class.getClassLoader(), new Class<?>[] {Backplane.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("history")) return method.invoke(local, arguments);
                    CompletableFuture<History> read = new CompletableFuture<>();
                    reads.add(read);
                    return read;
                });
    }

    @AfterEach
    void close() {
        follower.close();
        subscriptions.close();
        local.close();
    }

    private void wasRead() {
        reads.remove()
                .complete(local.history(Topic.of("room"), Optional.empty(), 0).join());
    }

    @Test
    void aSubscriptionThatIsEndedFails() {
        follower.subscribe(ROOM, Optional.empty(), inbox);
        assertThat(follower.unsubscribe(ROOM)).isTrue();
        wasRead();
        assertThat(inbox.take()).containsExactly("failed Cancelled");
    }

    @Test
    void soDoesOneWhoseHistoryCannotBeRead() {
        follower.subscribe(ROOM, Optional.empty(), inbox);
        follower.close();
        reads.remove().completeExceptionally(new IllegalStateException("no history now"));
        assertThat(inbox.take()).containsExactly("failed Cancelled");
    }

    @Test
    void oneThatIsReplacedFailsAndTheOtherBegins() {
        follower.subscribe(ROOM, Optional.empty(), inbox);
        follower.subscribe(ROOM, Optional.empty(), second);
        wasRead();
        assertThat(inbox.take()).containsExactly("failed Cancelled");
        wasRead();
        local.publish(Publication.of(Topic.of("room"), Bytes.ofUtf8("hi"))).join();
        assertThat(second.take()).containsExactly("subscribed 0");
        assertThat(inbox.take()).containsExactly("hi");
    }
}
