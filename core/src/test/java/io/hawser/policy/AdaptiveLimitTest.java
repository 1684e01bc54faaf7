package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Rejected;
import io.hawser.policy.PolicyEvent.LimitChanged;
import io.hawser.testing.FakeTime;
import io.hawser.testing.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveLimitTest {
    private static final AdaptiveLimitConfig PATIENT =
            AdaptiveLimitConfig.defaults().withWaiting(10_000, Duration.ofHours(1));

    private final Events events = new Events();
    private final Simulation time = new Simulation(31);
    private final Random random = new Random(31);
    private final List<Integer> limits = new ArrayList<>();

    /// Four times as many callers as the upstream can take, without a pause.
    private void saturate(AdaptiveLimit limit, SimulatedUpstream upstream, int callers, Duration duration) {
        long end = time.nanoTime() + duration.toNanos();
        for (int i = 0; i < callers; i++) {
            time.start(() -> {
                while (time.nanoTime() < end) limit.call(upstream::answer);
                return limit;
            });
        }
        time.start(() -> {
            time.sleep(duration.dividedBy(2));
            while (time.nanoTime() < end) {
                limits.add(limit.limit());
                time.sleep(Duration.ofMillis(100));
            }
            return limits;
        });
        time.run();
    }

    private LongSupplier service(String kind) {
        return switch (kind) {
            case "constant" -> () -> 20_000_000;
            case "even" -> () -> 16_000_000 + random.nextLong(8_000_000);
            default -> () -> (long) (-Math.log(1 - random.nextDouble()) * 20_000_000);
        };
    }

    @Tag("simulation")
    @ParameterizedTest
    @CsvSource({"10, constant", "50, constant", "200, constant", "10, even", "50, even", "200, even", "50, exponential"
    })
    void itSettlesWithinATenthOfTheTrueCapacity(int capacity, String kind) {
        AdaptiveLimit limit = AdaptiveLimit.of(PATIENT, events.context(time));
        saturate(limit, new SimulatedUpstream(time, capacity, service(kind)), capacity * 4, Duration.ofMinutes(2));
        double mean = limits.stream().mapToInt(Integer::intValue).average().orElseThrow();
        assertThat(mean).isBetween(capacity * 0.9, capacity * 1.1);
        if (!kind.equals("exponential")) {
            double slack = Math.max(1, capacity * 0.1);
            assertThat(limits)
                    .allSatisfy(one -> assertThat((double) one).isBetween(capacity - slack, capacity + slack));
        }
        assertThat(events.of(LimitChanged.class)).isNotEmpty();
        assertThat(limit.concurrent()).isZero();
    }

    @Tag("simulation")
    @Test
    void itFollowsACapacityThatChanges() {
        AdaptiveLimit limit = AdaptiveLimit.of(PATIENT, events.context(time));
        SimulatedUpstream upstream = new SimulatedUpstream(time, 100, service("even"));
        for (int capacity : new int[] {100, 30, 60}) {
            time.start(() -> {
                upstream.resize(capacity);
                return upstream;
            });
            limits.clear();
            saturate(limit, upstream, 400, Duration.ofMinutes(2));
            double mean = limits.stream().mapToInt(Integer::intValue).average().orElseThrow();
            assertThat(mean).isBetween(capacity * 0.9, capacity * 1.1);
        }
    }

    @Tag("simulation")
    @Test
    void anUpstreamThatHasBecomeSlowerIsNotTakenForAFullOneForLong() {
        AdaptiveLimit limit = AdaptiveLimit.of(PATIENT, events.context(time));
        long[] service = {20_000_000};
        SimulatedUpstream upstream = new SimulatedUpstream(time, 50, () -> service[0]);
        saturate(limit, upstream, 200, Duration.ofSeconds(60));
        service[0] = 60_000_000;
        limits.clear();
        saturate(limit, upstream, 200, Duration.ofMinutes(4));
        assertThat(limits.getLast()).isBetween(45, 55);
    }

    @Test
    void withoutLoadItDoesNotGrow() {
        AdaptiveLimit limit = AdaptiveLimit.of(PATIENT, events.context(time));
        saturate(limit, new SimulatedUpstream(time, 100, service("even")), 3, Duration.ofMinutes(2));
        assertThat(limits).allSatisfy(one -> assertThat(one).isBetween(1, 20));
    }

    @Test
    void failuresAndThrottlingShrinkItAndOtherOutcomesTeachNothing() {
        AdaptiveLimit limit = AdaptiveLimit.of(PATIENT.withBounds(100, 10, 200), events.context(new FakeTime()));
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> limit.call(() -> {
                        throw new IllegalArgumentException("mine");
                    }))
                    .hasMessage("mine");
            assertThatThrownBy(() -> limit.call(Attempt.first(CallTraits.unnamed()), attempt -> {
                        throw attempt.refusal("open", Optional.empty());
                    }))
                    .hasMessage("open");
        }
        assertThat(limit.limit()).isEqualTo(100);
        for (int i = 0; i < 500; i++) {
            assertThatThrownBy(() -> limit.call(() -> {
                        throw new Rejected("busy", null);
                    }))
                    .hasMessage("busy");
        }
        assertThat(limit.limit()).isEqualTo(90);
        for (int i = 0; i < 20_000; i++) {
            assertThatThrownBy(() -> limit.call(() -> {
                        throw new IOException("down");
                    }))
                    .hasMessage("down");
        }
        assertThat(limit.limit()).isEqualTo(10);
        assertThat(limit.place()).isEqualTo(Place.BULKHEAD);
    }

    @Test
    void itRefusesWhatItHasNoPlaceFor() {
        AdaptiveLimit limit = AdaptiveLimit.of(
                AdaptiveLimitConfig.defaults().withBounds(2, 2, 2).withWaiting(0, Duration.ZERO), events.context(time));
        for (int i = 0; i < 2; i++) {
            time.start(() -> limit.call(() -> {
                time.sleep(Duration.ofSeconds(1));
                return "a";
            }));
        }
        time.start(() -> {
            time.sleep(Duration.ofMillis(1));
            assertThatExceptionOfType(Rejected.class)
                    .isThrownBy(() -> limit.call(() -> "a"))
                    .withMessage("test: concurrency limit is full, and so is its line");
            return limit;
        });
        time.run();
    }

    @Test
    void aConfigurationIsChecked() {
        assertThatThrownBy(() -> AdaptiveLimitConfig.defaults().withBounds(1, 2, 3))
                .hasMessage("initial is 1, below 2");
    }
}
