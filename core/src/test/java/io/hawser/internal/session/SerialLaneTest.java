package io.hawser.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.internal.io.IoLoop;
import io.hawser.internal.io.NettyIoThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SerialLaneTest {
    private static final int THREADS = 8;
    private static final int ACTIONS = 5_000;

    private final SerialLane lane = new SerialLane();

    private record Done(int thread, int number) {}

    @Test
    void whatEachThreadBringsIsDoneOnceInItsOrderAndNeverTwoAtATime() throws Exception {
        List<Done> all = new ArrayList<>(); // guarded by the lane alone
        CountDownLatch done = new CountDownLatch(THREADS * ACTIONS);
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            Thread.ofVirtual().start(() -> {
                for (int number = 0; number < ACTIONS; number++) {
                    Done each = new Done(thread, number);
                    lane.run(() -> {
                        all.add(each);
                        done.countDown();
                    });
                }
            });
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        int[] next = new int[THREADS];
        for (Done each : all) assertThat(each.number()).isEqualTo(next[each.thread()]++);
        assertThat(all).hasSize(THREADS * ACTIONS);
    }

    @Test
    void whatIsBroughtFromWithinComesBehind() {
        List<String> order = new ArrayList<>();
        lane.run(() -> {
            lane.run(() -> order.add("inner"));
            order.add("outer");
        });
        assertThat(order).containsExactly("outer", "inner");
    }

    @Test
    void anEventLoopLeavesItToAnotherThread() throws Exception {
        CompletableFuture<Boolean> isOnLoop = new CompletableFuture<>();
        try (NettyIoThreads threads = NettyIoThreads.shared()) {
            threads.next().execute(() -> lane.run(() -> isOnLoop.complete(IoLoop.isCurrent())));
            assertThat(isOnLoop.get(30, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void oneThatFailsDoesNotStopTheOthers() {
        List<String> order = new ArrayList<>();
        lane.run(() -> {
            throw new IllegalStateException("on purpose");
        });
        lane.run(() -> order.add("next"));
        assertThat(order).containsExactly("next");
    }

    @Test
    void laterIsDoneToo() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        lane.later(done::countDown, 1);
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
