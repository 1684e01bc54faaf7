package io.hawser.nats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Cancelled;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    void anInterruptCancelsAndLeavesTheFlagSet() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(Cancelled.class)
                .isThrownBy(() -> one.take("", Duration.ZERO))
                .satisfies(error -> assertThat(error.processed()).isEqualTo(Processed.NO));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(one.take("", Duration.ZERO).granted()).isTrue();
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
    void withoutTheBrokerACallIsRefusedAndSaysWhenToComeBack() throws Exception {
        server.kill();
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> one.take("k", Duration.ZERO))
                .satisfies(rejected -> assertThat(rejected.retryAfter()).isPresent());
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> open("Billing.*")).withMessageContaining("Billing.*");
    }
}
