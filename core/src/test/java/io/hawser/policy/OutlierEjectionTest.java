package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.policy.PolicyEvent.Ejected;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutlierEjectionTest extends BalancedCalls {
    @Test
    void anEndpointIsEjectedAfterFiveFailuresInARowForLongerEachTime() throws Exception {
        LoadBalancer balancer = balancer(4, Balance.ROUND_ROBIN);
        for (int seconds : new int[] {30, 60, 90}) {
            fails(balancer, endpoint(2), 5);
            assertThat(events.of(Ejected.class).getLast())
                    .isEqualTo(new Ejected("test", endpoint(2), Duration.ofSeconds(seconds)));
            assertThat(balancer.stats().get(2).ejected()).isTrue();
            assertThat(spread(balancer, 100)).doesNotContainKey("node-2");
            time.pass(Duration.ofSeconds(seconds));
            assertThat(spread(balancer, 1_000)).containsKey("node-2");
        }
        // An hour without failures, and it is as at first.
        time.pass(Duration.ofHours(1));
        fails(balancer, endpoint(2), 5);
        assertThat(events.of(Ejected.class).getLast().duration()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aSuccessInBetweenStartsTheCountAnew() throws Exception {
        LoadBalancer balancer = balancer(2, Balance.ROUND_ROBIN);
        for (int round = 0; round < 5; round++) {
            fails(balancer, endpoint(1), 4);
            spread(balancer, 2);
        }
        assertThat(events.of(Ejected.class)).isEmpty();
    }

    @Test
    void whatTheCallerDidWrongOrCancelledEjectsNobody() {
        LoadBalancer balancer = balancer(2, Balance.ROUND_ROBIN);
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> balancer.call(() -> {
                        throw new IllegalArgumentException("mine");
                    }))
                    .hasMessage("mine");
            assertThatThrownBy(() -> balancer.call(() -> {
                        throw new InterruptedException("mine");
                    }))
                    .hasMessage("mine");
        }
        assertThat(events.all()).isEmpty();
    }

    @Test
    void atMostHalfAreEjected() throws Exception {
        LoadBalancer balancer = balancer(5, Balance.ROUND_ROBIN);
        for (int number = 0; number < 5; number++) {
            try {
                balancer.call(() -> "warm");
            } finally {
                failsEverywhere(balancer, 50);
            }
        }
        assertThat(balancer.stats().stream().filter(EndpointStats::ejected)).hasSize(2);
        LoadBalancer one = balancer(1, Balance.ROUND_ROBIN);
        failsEverywhere(one, 50);
        assertThat(one.stats().getFirst().ejected()).isFalse();
    }

    @Test
    void aHintOfTheOtherSideDoesNotEject() {
        LoadBalancer balancer = balancer(2, Balance.ROUND_ROBIN);
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> balancer.call(() -> {
                        throw new Rejected("busy", Duration.ofSeconds(1));
                    }))
                    .hasMessage("busy");
        }
        assertThat(events.of(Ejected.class)).isEmpty();
        assertThat(Verdict.throttled("x", Processed.NO, Optional.empty()).isFailure())
                .isFalse();
    }

    @Test
    void anEjectionHasALongestTime() throws Exception {
        LoadBalancer balancer = LoadBalancer.over(
                endpoints(2),
                config.withBalance(Balance.ROUND_ROBIN)
                        .withEjection(
                                OutlierEjection.defaults().withTime(Duration.ofSeconds(30), Duration.ofSeconds(40))),
                events.context(time));
        fails(balancer, endpoint(0), 5);
        time.pass(Duration.ofSeconds(31));
        fails(balancer, endpoint(0), 5);
        assertThat(events.of(Ejected.class))
                .extracting(Ejected::duration)
                .containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(40));
    }

    private void failsEverywhere(LoadBalancer balancer, int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> balancer.call(() -> {
                        throw new IOException("down");
                    }))
                    .hasMessage("down");
        }
    }
}
