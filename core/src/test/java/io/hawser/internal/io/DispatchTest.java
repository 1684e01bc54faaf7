package io.hawser.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DispatchTest {
    private final NettyIoThreads io =
            NettyIoThreads.start(IoConfig.defaults().withThreads(1).withName("dispatch-test"));
    private final IoLoop loop = io.next();
    private final LinkedBlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        io.close();
    }

    private Object next() throws InterruptedException {
        Object next = seen.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("nothing within 10 s").isNotNull();
        return next;
    }

    @Test
    void onTheLoopItIsRunBeforeTheCallReturns() throws InterruptedException {
        Dispatch dispatch = io.dispatch(ExecutionMode.EVENT_LOOP);
        loop.execute(() -> {
            dispatch.run(loop, () -> seen.add(Thread.currentThread().getName()));
            seen.add("returned");
        });
        assertThat(next()).isEqualTo("dispatch-test-0");
        assertThat(next()).isEqualTo("returned");
    }

    @Test
    void fromElsewhereItIsTakenToTheLoop() throws InterruptedException {
        io.dispatch(ExecutionMode.EVENT_LOOP)
                .run(loop, () -> seen.add(Thread.currentThread().getName()));
        assertThat(next()).isEqualTo("dispatch-test-0");
    }

    @Test
    void aVirtualThreadOfTheJdkHasNoNameAndIsNotCarriedByTheLoop() throws InterruptedException {
        Dispatch dispatch = io.dispatch(ExecutionMode.VIRTUAL);
        loop.execute(() -> dispatch.run(loop, () -> {
            seen.add(Thread.currentThread());
            seen.add(LoopCarrier.carries(loop));
        }));
        assertThat((Thread) next())
                .matches(Thread::isVirtual)
                .extracting(Thread::getName)
                .isEqualTo("");
        assertThat(next()).isEqualTo(false);
    }

    @Test
    void startedFromACarriedThreadAnOrdinaryOneIsStillOrdinary() throws InterruptedException {
        Dispatch carried = io.dispatch(ExecutionMode.LOOP_CARRIER);
        Dispatch ordinary = io.dispatch(ExecutionMode.VIRTUAL);
        carried.run(loop, () -> ordinary.run(loop, () -> seen.add(LoopCarrier.carries(loop))));
        assertThat(next()).isEqualTo(false);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheCodeThrowsIsLoggedAndTheNextRuns(ExecutionMode mode) throws InterruptedException {
        Dispatch dispatch = io.dispatch(mode);
        try (CapturedLog inPlace = CapturedLog.of(IoLoop.class);
                CapturedLog virtual = CapturedLog.of(CarrierAccess.class)) {
            loop.execute(() -> {
                dispatch.run(loop, () -> {
                    throw new IllegalStateException("thrown by a test");
                });
                dispatch.run(loop, () -> seen.add("next"));
            });
            assertThat(next()).isEqualTo("next");
            await().until(() -> inPlace.lines().size() + virtual.lines().size() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmbeddedChannelsLoopServesEveryMode(ExecutionMode mode) {
        EmbeddedChannel channel = new EmbeddedChannel();
        CountDownLatch ran = new CountDownLatch(1);
        io.dispatch(mode).run(channel.eventLoop(), ran::countDown);
        await().until(() -> ran.getCount() == 0);
        channel.finishAndReleaseAll();
    }
}
