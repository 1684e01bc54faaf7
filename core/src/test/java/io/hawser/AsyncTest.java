package io.hawser;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AsyncTest {
    @Test
    void theResultCompletesTheFuture() throws Exception {
        assertThat(Async.call(() -> "done").get(30, SECONDS)).isEqualTo("done");
    }

    @Test
    void aFailureCompletesTheFutureAsItIs() {
        IOException broken = new IOException("broken");
        CompletableFuture<String> future = Async.call(() -> {
            throw broken;
        });
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> future.get(30, SECONDS))
                .havingCause()
                .isSameAs(broken);
        CompletableFuture<String> error = Async.call(() -> {
            throw new StackOverflowError();
        });
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> error.get(30, SECONDS))
                .withCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void theWorkRunsOnAVirtualThreadOfItsOwn() throws Exception {
        Thread worker = Async.call(Thread::currentThread).get(30, SECONDS);
        assertThat(worker.isVirtual()).isTrue();
        assertThat(worker).isNotEqualTo(Thread.currentThread());
    }

    @Test
    void theWorkHasTheDeadlineOfItsCaller() throws Exception {
        Deadline deadline = Deadline.after(Duration.ofMinutes(1));
        assertThat(deadline.call(() -> Async.call(Deadline::current)).get(30, SECONDS))
                .isSameAs(deadline);
        assertThat(Async.call(Deadline::current).get(30, SECONDS)).isSameAs(Deadline.none());
    }

    @Test
    void cancellingInterruptsTheWork() throws Exception {
        assertInterruptedBy(future -> assertThat(future.cancel(true)).isTrue());
    }

    @Test
    void aTimeoutOfTheFutureInterruptsTheWork() throws Exception {
        assertInterruptedBy(
                future -> assertThat(future.orTimeout(1, MILLISECONDS)).isSameAs(future));
    }

    @Test
    void completingTheFutureFromOutsideInterruptsTheWork() throws Exception {
        assertInterruptedBy(future -> assertThat(future.complete("enough")).isTrue());
    }

    private static void assertInterruptedBy(Consumer<CompletableFuture<String>> end) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<String> future = Async.call(() -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
                return "never";
            } catch (InterruptedException e) {
                interrupted.complete(true);
                throw e;
            }
        });
        assertThat(started.await(30, SECONDS)).isTrue();
        end.accept(future);
        assertThat(interrupted.get(30, SECONDS)).isTrue();
    }

    @Test
    void whatFollowsOnTheWorkersThreadIsNotInterrupted() throws Exception {
        CountDownLatch registered = new CountDownLatch(1);
        CompletableFuture<Boolean> flag = Async.call(() -> {
                    registered.await();
                    return "done";
                })
                .thenApply(done -> Thread.currentThread().isInterrupted());
        registered.countDown();
        assertThat(flag.get(30, SECONDS)).isFalse();
    }

    @Test
    void cancellingAfterTheEndDoesNothing() throws Exception {
        CompletableFuture<String> future = Async.call(() -> "done");
        assertThat(future.get(30, SECONDS)).isEqualTo("done");
        assertThat(future.cancel(true)).isFalse();
        assertThat(future).isCompletedWithValue("done");
    }
}
