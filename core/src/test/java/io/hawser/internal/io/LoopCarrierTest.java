package io.hawser.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings({"ThreadPriorityCheck", "WaitNotInLoop"}) // to yield and to wait is what is tested
class LoopCarrierTest {
    private final NettyIoThreads io =
            NettyIoThreads.start(IoConfig.defaults().withThreads(2).withName("carrier-test"));
    private final Dispatch carried = io.dispatch(ExecutionMode.LOOP_CARRIER);
    private final IoLoop loop = io.next();
    private final IoLoop other = io.next();

    @AfterEach
    void stop() {
        io.close();
    }

    /// The result of `code`, run on a thread that the loop carries.
    private <T> T onCarrier(Callable<T> code) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        carried.run(loop, () -> {
            try {
                result.complete(code.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(30, TimeUnit.SECONDS);
    }

    private boolean isCarried() {
        return Thread.currentThread().isVirtual() && LoopCarrier.carries(loop) && !LoopCarrier.carries(other);
    }

    @Test
    void onTheLoopItRunsWhenWhatTheLoopDoesIsDone() throws InterruptedException {
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        CountDownLatch release = new CountDownLatch(1);
        loop.execute(() -> {
            carried.run(loop, () -> {
                order.add("began");
                try {
                    release.await();
                } catch (InterruptedException e) {
                    order.add("interrupted");
                }
                order.add(isCarried() ? "went on carried" : "went on elsewhere");
            });
            order.add("returned");
            release.countDown();
            order.add("the loop's task ended");
        });
        for (String next : List.of("returned", "the loop's task ended", "began", "went on carried")) {
            assertThat(order.poll(30, TimeUnit.SECONDS)).isEqualTo(next);
        }
    }

    @Test
    void nobodyElseIsCarried() throws Exception {
        assertThat(LoopCarrier.carries(loop)).isFalse();
        assertThat(loop.submit(() -> LoopCarrier.carries(loop)).get()).isTrue();
        assertThat(loop.submit(() -> LoopCarrier.carries(other)).get()).isFalse();
    }

    @Test
    void itIsStillCarriedAfterAYield() throws Exception {
        assertThat(onCarrier(() -> {
                    Thread.yield();
                    return isCarried();
                }))
                .isTrue();
    }

    @Test
    void itIsStillCarriedAfterASleep() throws Exception {
        assertThat(onCarrier(() -> {
                    Thread.sleep(1);
                    return isCarried();
                }))
                .isTrue();
    }

    @Test
    void itIsStillCarriedAfterAWaitInABlockingQueue() throws Exception {
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
        Thread producer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 1000; i++) {
                try {
                    queue.put(i);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        assertThat(onCarrier(() -> {
                    boolean always = true;
                    for (int i = 0; i < 1000; i++) always &= queue.take() == i && isCarried();
                    return always;
                }))
                .isTrue();
        producer.join();
    }

    @Test
    void itIsStillCarriedAfterAContendedLockAndAContendedMonitor() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Object monitor = new Object();
        AtomicBoolean over = new AtomicBoolean();
        Thread rival = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                lock.lock();
                try {
                    Thread.onSpinWait();
                } finally {
                    lock.unlock();
                }
                synchronized (monitor) {
                    Thread.onSpinWait();
                }
            }
        });
        assertThat(onCarrier(() -> {
                    boolean always = true;
                    for (int i = 0; i < 1000; i++) {
                        lock.lock();
                        try {
                            always &= isCarried();
                        } finally {
                            lock.unlock();
                        }
                        synchronized (monitor) {
                            always &= isCarried();
                        }
                    }
                    return always;
                }))
                .isTrue();
        over.set(true);
        rival.join();
    }

    @Test
    void itIsStillCarriedAfterObjectWait() throws Exception {
        Object monitor = new Object();
        assertThat(onCarrier(() -> {
                    synchronized (monitor) {
                        monitor.wait(1);
                    }
                    return isCarried();
                }))
                .isTrue();
    }

    @Test
    void aThreadThatItStartsIsCarriedToo() throws Exception {
        CompletableFuture<Boolean> child = new CompletableFuture<>();
        onCarrier(() -> Thread.startVirtualThread(() -> {
            Thread.yield();
            child.complete(isCarried());
        }));
        assertThat(child.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskOfThePoolThatItWaitsForIsNotCarriedAndItselfStillIs() throws Exception {
        assertThat(onCarrier(() -> {
                    CompletableFuture<Boolean> task = new CompletableFuture<>();
                    io.post(() -> task.complete(LoopCarrier.carries(loop)));
                    return !task.get() && isCarried();
                }))
                .isTrue();
    }

    @Test
    void manyShareTheLoopAndTouchItsStateWithoutALock() {
        int threads = 2000;
        int[] unguarded = new int[1];
        AtomicInteger done = new AtomicInteger();
        AtomicBoolean astray = new AtomicBoolean();
        for (int i = 0; i < threads; i++) {
            carried.run(loop, () -> {
                for (int turn = 0; turn < 5; turn++) {
                    if (!LoopCarrier.carries(loop)) astray.set(true);
                    unguarded[0]++;
                    Thread.yield();
                }
                done.incrementAndGet();
            });
        }
        await().until(() -> done.get() == threads);
        assertThat(astray).isFalse();
        assertThat(unguarded[0]).isEqualTo(threads * 5);
    }

    @Test
    void oneThatYieldsForEverLeavesTheLoopItsOtherTasks() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        carried.run(loop, () -> {
            while (!over.get()) Thread.yield();
        });
        for (int i = 0; i < 100; i++) loop.submit(() -> {}).get(30, TimeUnit.SECONDS);
        loop.schedule(() -> over.set(true), 5, TimeUnit.MILLISECONDS).get(30, TimeUnit.SECONDS);
    }

    @Test
    void anInterruptEndsItsWaitAndDoesNotReachTheLoop() throws Exception {
        CompletableFuture<Thread> sleeper = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        carried.run(loop, () -> {
            sleeper.complete(Thread.currentThread());
            try {
                Thread.sleep(60_000);
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(isCarried());
            }
        });
        sleeper.get(30, TimeUnit.SECONDS).interrupt();
        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.submit(() -> Thread.currentThread().isInterrupted()).get())
                .isFalse();
    }

    @Test
    void aLoopThatWaitsBehindItsOwnThreadForALockIsSetFree() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch both = new CountDownLatch(2);
        Runnable take = () -> {
            lock.lock();
            try {
                both.countDown();
            } finally {
                lock.unlock();
            }
        };
        lock.lock();
        try {
            carried.run(loop, take);
            await().until(() -> lock.getQueueLength() == 1);
            loop.execute(take);
            await().until(() -> lock.getQueueLength() == 2);
        } finally {
            lock.unlock();
        }
        assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
        // The watchdog may still take the loop for one that waits.
        await().until(() -> onCarrier(this::isCarried));
    }

    @Test
    void itRunsOnElsewhereWhenItsLoopHasStopped() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Boolean> carriedAfter = new ArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        carried.run(loop, () -> {
            begun.countDown();
            try {
                release.await();
                carriedAfter.add(LoopCarrier.carries(loop));
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                ended.countDown();
            }
        });
        begun.await();
        io.close();
        release.countDown();
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(carriedAfter).containsExactly(false);
    }
}
