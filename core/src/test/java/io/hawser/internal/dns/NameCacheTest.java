package io.hawser.internal.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.internal.dns.NameSource.Answer;
import io.hawser.testing.FakeTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class NameCacheTest {
    private static final InetAddress OLD = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress NEW = InetAddress.ofLiteral("192.0.2.2");

    private final FakeTime time = new FakeTime();
    private final ConcurrentLinkedQueue<CompletableFuture<Answer>> questions = new ConcurrentLinkedQueue<>();
    private volatile CompletableFuture<Answer> next = answer(OLD, 60);
    private final NameCache cache = new NameCache(
            host -> {
                questions.add(next);
                return next;
            },
            time);

    private static CompletableFuture<Answer> answer(InetAddress address, int seconds) {
        return CompletableFuture.completedFuture(new Answer(List.of(address), Duration.ofSeconds(seconds)));
    }

    private static CompletableFuture<Answer> failure() {
        return CompletableFuture.failedFuture(new UnknownHostException("no server answers"));
    }

    @Test
    void anAnswerHoldsForItsLife() throws Exception {
        assertThat(cache.resolve("a")).containsExactly(OLD);
        time.pass(Duration.ofSeconds(50));
        assertThat(cache.resolve("a")).containsExactly(OLD);
        assertThat(questions).hasSize(1);
        next = answer(NEW, 60);
        time.pass(Duration.ofSeconds(20));
        assertThat(cache.resolve("a")).containsExactly(NEW);
        assertThat(questions).hasSize(2);
    }

    @Test
    void aLifeIsOneSecondAtLeastAndFiveMinutesAtMost() throws Exception {
        next = answer(OLD, 0);
        assertThat(cache.resolve("a")).containsExactly(OLD);
        time.pass(Duration.ofMillis(800));
        assertThat(cache.known("a")).isPresent();
        time.pass(Duration.ofMillis(300));
        assertThat(cache.known("a")).isEmpty();

        next = answer(OLD, 86_400);
        assertThat(cache.resolve("b")).containsExactly(OLD);
        time.pass(Duration.ofMinutes(5));
        assertThat(cache.known("b")).isEmpty();
    }

    @Test
    void aNameThatIsInUseIsAskedForInAdvance() throws Exception {
        assertThat(cache.resolve("a")).containsExactly(OLD);
        next = answer(NEW, 60);
        time.pass(Duration.ofSeconds(55));
        assertThat(cache.resolve("a")).containsExactly(OLD);
        assertThat(questions).hasSize(2);
        assertThat(cache.resolve("a")).containsExactly(NEW);
    }

    @Test
    void aNameThatExpiresUnderLoadIsAskedForOnce() throws Exception {
        next = new CompletableFuture<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<InetAddress>>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) answers.add(threads.submit(() -> cache.resolve("a")));
            while (questions.isEmpty()) Thread.onSpinWait();
            next.complete(new Answer(List.of(NEW), Duration.ofSeconds(9)));
            for (Future<List<InetAddress>> answer : answers)
                assertThat(answer.get()).containsExactly(NEW);
        }
        assertThat(questions).hasSize(1);
    }

    @Test
    void aSourceThatFailsIsCoveredByTheOldAnswerForAWhile() throws Exception {
        assertThat(cache.resolve("a")).containsExactly(OLD);
        next = failure();
        time.pass(Duration.ofMinutes(30));
        assertThat(cache.resolve("a")).containsExactly(OLD);
        int asked = questions.size();
        assertThat(cache.resolve("a")).containsExactly(OLD);
        assertThat(questions).hasSize(asked);
        time.pass(Duration.ofSeconds(6));
        assertThat(cache.resolve("a")).containsExactly(OLD);
        assertThat(questions).hasSize(asked + 1);
        next = answer(NEW, 60);
        time.pass(Duration.ofSeconds(6));
        assertThat(cache.resolve("a")).containsExactly(NEW);
    }

    @Test
    void whatIsTooOldCoversNothing() throws Exception {
        assertThat(cache.resolve("a")).containsExactly(OLD);
        next = failure();
        time.pass(Duration.ofMinutes(62));
        assertThatThrownBy(() -> cache.resolve("a")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aSourceThatIsSilentIsCoveredAfterAMoment() throws Exception {
        assertThat(cache.resolve("a")).containsExactly(OLD);
        next = new CompletableFuture<>();
        time.pass(Duration.ofMinutes(2));
        assertThat(cache.resolve("a")).containsExactly(OLD);
    }

    @Test
    void thatANameDoesNotExistIsRememberedBriefly() {
        next = CompletableFuture.completedFuture(new Answer(List.of(), Duration.ZERO));
        assertThatThrownBy(() -> cache.resolve("a")).isInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> cache.resolve("a")).isInstanceOf(UnknownHostException.class);
        assertThat(questions).hasSize(1);
        time.pass(Duration.ofSeconds(6));
        assertThatThrownBy(() -> cache.resolve("a")).isInstanceOf(UnknownHostException.class);
        assertThat(questions).hasSize(2);
    }
}
