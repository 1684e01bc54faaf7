package io.hawser.nats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.hawser.Cancelled;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.nats.NatsConfig;
import io.hawser.nats.NatsRateLimits;
import io.hawser.policy.RateLimit;
import io.hawser.policy.RateLimitStore.Grant;
import io.hawser.testkit.NatsServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// Two processes of one limit, as far as the broker can tell.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(180)
final class NatsRateLimitsTest {
    private static final RateLimit LIMIT = RateLimit.perWindow(20, Duration.ofDays(1));

    private NatsServer server;
    private NatsRateLimits one;
    private NatsRateLimits two;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start();
        one = open("billing");
        two = open("billing");
    }

    private NatsRateLimits open(String name) {
        return NatsRateLimits.open(NatsConfig.of(server.url()), name, LIMIT);
    }

    @AfterEach
    void stop() throws IOException {
        one.close();
        two.close();
        server.close();
    }

    @Test
    void asManyPermitsAsThereAreAreGivenHoweverManyAskAtOnce() throws Exception {
        List<Future<Grant>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                NatsRateLimits from = i % 2 == 0 ? one : two;
                asked.add(threads.submit(() -> from.take("", Duration.ZERO)));
            }
        }
        int given = 0;
        for (Future<Grant> each : asked) if (each.get().granted()) given++;
        assertThat(given).isEqualTo(20);
        assertThat(one.take("", Duration.ZERO).delay()).isPositive().isLessThanOrEqualTo(Duration.ofDays(1));
    }

    @Test
    void keysAndLimitsAreApart() {
        for (int i = 0; i < 20; i++)
            assertThat(one.take("a b.*>", Duration.ZERO).granted()).isTrue();
        assertThat(two.take("a b.*>", Duration.ZERO).granted()).isFalse();
        assertThat(two.take("other", Duration.ZERO).granted()).isTrue();
        try (NatsRateLimits other = open("search")) {
            assertThat(other.take("a b.*>", Duration.ZERO).granted()).isTrue();
        }
    }

    @Test
    void whatOneIsToldHoldsForTheOther() {
        one.lower("k", 2);
        assertThat(two.take("k", Duration.ZERO).granted()).isTrue();
        assertThat(two.take("k", Duration.ZERO).granted()).isTrue();
        assertThat(one.take("k", Duration.ZERO).granted()).isFalse();
        two.giveBack("k");
        assertThat(one.take("k", Duration.ZERO).granted()).isTrue();
        two.hold("held", Duration.ofMinutes(1));
        Grant held = one.take("held", Duration.ZERO);
        assertThat(held.granted()).isFalse();
        assertThat(held.delay()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(62));
        assertThat(one.take("held", Duration.ofMinutes(2)).granted()).isTrue();
    }

    @Test
    void aPauseIsHeldForAnHourAtMost() {
        two.hold("held", Duration.ofDays(2));
        Grant held = one.take("held", Duration.ZERO);
        assertThat(held.granted()).isFalse();
        assertThat(held.delay()).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(61));
    }

    @Test
    void whatIsAskedForAfterTheCloseIsRejected() {
        NatsRateLimits other = open("closed");
        other.close();
        other.close();
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> other.take("k", Duration.ZERO));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> other.giveBack("k"));
    }

    @Test
    void anotherLimitOfTheSameNameCountsApartAndNeedsNoNewBucket() {
        RateLimit longer = RateLimit.perWindow(3, Duration.ofDays(7));
        RateLimit shorter = RateLimit.perWindow(2, Duration.ofHours(1));
        NatsConfig nats = NatsConfig.of(server.url());
        assertThat(one.take("k", Duration.ZERO).granted()).isTrue();
        for (RateLimit changed : List.of(longer, shorter)) {
            try (NatsRateLimits other = NatsRateLimits.open(nats, "billing", changed);
                    NatsRateLimits same = NatsRateLimits.open(nats, "billing", changed)) {
                for (int i = 0; i < changed.permits(); i++) {
                    assertThat(other.take("k", Duration.ZERO).granted()).isTrue();
                }
                assertThat(same.take("k", Duration.ZERO).granted()).isFalse();
            }
        }
        for (int i = 1; i < LIMIT.permits(); i++)
            assertThat(two.take("k", Duration.ZERO).granted()).isTrue();
        assertThat(one.take("k", Duration.ZERO).granted()).isFalse();
    }

    @Test
    void whoWaitsBehindOthersStopsAtTheDeadlineOrAnInterruptAndLosesNoPermit() throws Exception {
        server.pause();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Grant> first = threads.submit(() -> one.take("k", Duration.ZERO));
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> Deadline.within(Duration.ofMillis(20), () -> one.take("k", Duration.ZERO)));
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(Cancelled.class).isThrownBy(() -> one.take("k", Duration.ZERO));
            assertThat(Thread.interrupted()).isTrue();
            server.goOn();
            assertThat(first.get().granted()).isTrue();
        }
        // At most 19 are left, and those of the two who left are given back.
        for (int i = 1; i < LIMIT.permits(); i++) awaitPermit();
    }

    @Test
    void aHoldWhoseAnswerIsLostMayHaveBeenWrittenAndSaysSo() throws Exception {
        try (DeafRelay relay = new DeafRelay(server.url());
                NatsRateLimits far = NatsRateLimits.open(NatsConfig.of(relay.url()), "billing", LIMIT)) {
            relay.arm();
            assertThatExceptionOfType(ConnectionLost.class)
                    .isThrownBy(() -> far.hold("k", Duration.ofMinutes(30)))
                    .matches(lost -> lost.processed() == Processed.MAYBE);
            assertThat(one.take("k", Duration.ZERO).granted()).isFalse();
        }
    }

    @Test
    void whoStopsWaitingForTheAnswerToAChangeIsToldWhetherItMayBeWritten() throws Exception {
        CompletableFuture<Throwable> left = new CompletableFuture<>();
        try (DeafRelay relay = new DeafRelay(server.url());
                NatsRateLimits far = NatsRateLimits.open(NatsConfig.of(relay.url()), "billing", LIMIT)) {
            relay.arm();
            Thread waiting = Thread.ofVirtual().start(() -> {
                try {
                    far.giveBack("k");
                } catch (Cancelled cancelled) {
                    left.complete(cancelled);
                }
            });
            relay.awaitWrite();
            waiting.interrupt();
            assertThat(left.get(60, TimeUnit.SECONDS))
                    .asInstanceOf(type(Cancelled.class))
                    .matches(cancelled -> cancelled.processed() == Processed.MAYBE);
        }
        server.pause();
        // It has not even been read what there is.
        assertThatExceptionOfType(DeadlineExceeded.class)
                .isThrownBy(() -> Deadline.within(Duration.ofMillis(20), () -> {
                    one.giveBack("other");
                    return "";
                }))
                .matches(late -> late.processed() == Processed.NO);
        server.goOn();
    }

    private void awaitPermit() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!one.take("k", Duration.ZERO).granted()) {
            assertThat(System.nanoTime() - end).as("a permit is lost").isNegative();
            Thread.sleep(10);
        }
    }

    @Test
    void withoutTheBrokerACallIsRefusedAndSaysWhenToComeBack() throws Exception {
        server.kill();
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> one.take("k", Duration.ZERO))
                .satisfies(rejected -> assertThat(rejected.retryAfter()).isPresent());
    }

    @Test
    void aBrokerThatWasStartedAnewWithNothingOfWhatItHadIsServedAgain() throws Exception {
        assertThat(one.take("k", Duration.ZERO).granted()).isTrue();
        server.kill();
        server.restartEmpty();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        boolean isGranted = false;
        while (!isGranted && System.nanoTime() - end < 0) {
            try {
                isGranted = one.take("k", Duration.ZERO).granted();
            } catch (Rejected notYet) {
                Thread.sleep(50);
            }
        }
        assertThat(isGranted).isTrue();
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> open("Billing.*")).withMessageContaining("Billing.*");
    }
}
