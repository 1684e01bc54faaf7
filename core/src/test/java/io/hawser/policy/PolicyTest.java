package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Endpoint;
import io.hawser.Rejected;
import io.hawser.policy.PolicyEvent.Retried;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private final List<String> log = new ArrayList<>();

    private record Named(String name, Place place, List<String> log) implements Policy {
        @Override
        public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
            log.add(name);
            return next.call(attempt);
        }
    }

    private Policy named(String name, Place place) {
        return new Named(name, place, log);
    }

    @Test
    void aListIsOutermostFirst() throws Exception {
        Policy policy = Policy.of(
                named("a", Place.TRANSPORT),
                named("b", Place.METRICS),
                named("c", Place.RETRY),
                named("d", Place.CACHE));
        assertThat(policy.call(() -> log.add("call"))).isTrue();
        assertThat(log).containsExactly("a", "b", "c", "d", "call");
        assertThat(policy.place()).isEqualTo(Place.TRANSPORT);
    }

    @Test
    void orderedPutsEachWhereItBelongs() throws Exception {
        Policy policy = Policy.ordered(
                named("timeout", Place.ATTEMPT_TIMEOUT),
                named("retry", Place.RETRY),
                named("breaker", Place.BREAKER),
                named("retry 2", Place.RETRY),
                named("metrics", Place.METRICS));
        assertThat(policy.call(() -> "answer")).isEqualTo("answer");
        assertThat(log).containsExactly("metrics", "retry", "retry 2", "breaker", "timeout");
    }

    @Test
    void noPolicyAndOnePolicyAreChainsToo() throws Exception {
        assertThat(Policy.of().call(() -> 1)).isEqualTo(1);
        assertThat(Policy.of(named("a", Place.CACHE)).place()).isEqualTo(Place.CACHE);
    }

    @Test
    void aCallKeepsItsTypeInsidePolicies() throws Exception {
        Call<String> call = attempt -> attempt.traits().name();
        String answer = call.with(named("a", Place.CACHE), named("b", Place.RETRY))
                .call(Attempt.first(CallTraits.named("find")));
        assertThat(answer).isEqualTo("find");
        assertThat(log).containsExactly("a", "b");
    }

    @Test
    void whatThrowsNothingCheckedRunsWithoutCatching() {
        Policy policy = named("a", Place.CACHE);
        int answer = policy.run(CallTraits.unnamed(), () -> 7);
        assertThat(answer).isEqualTo(7);
        assertThatThrownBy(() -> policy.run(CallTraits.unnamed(), () -> {
                    throw new IllegalStateException("mine");
                }))
                .hasMessage("mine");
        Policy broken = new Policy() {
            @Override
            public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws IOException {
                throw new IOException("broken");
            }
        };
        assertThat(broken.place()).isEqualTo(Place.TRANSPORT);
        assertThatThrownBy(() -> broken.run(CallTraits.unnamed(), () -> 7)).hasRootCauseMessage("broken");
    }

    @Test
    void attemptsShareWhatTheCallHasBeenThrough() {
        Endpoint a = Endpoint.parse("a:1");
        Endpoint b = Endpoint.parse("b:1");
        Attempt first = Attempt.first(CallTraits.unnamed().withKey("k"));
        Attempt second = first.to(a).again();
        Attempt hedge = second.hedged().to(b);
        assertThat(first.tried()).containsExactly(a, b);
        assertThat(first.hasTried(b)).isTrue();
        assertThat(first.hasTried(Endpoint.parse("c:1"))).isFalse();
        assertThat(second.endpoint()).isEmpty();
        assertThat(second.number()).isEqualTo(2);
        assertThat(hedge.number()).isEqualTo(1);
        assertThat(hedge.isHedge()).isTrue();
        assertThat(hedge.endpoint()).contains(b);
        assertThat(hedge.traits().key()).isEqualTo("k");
        assertThat(first.fellBack()).isFalse();
        hedge.markFellBack();
        assertThat(first.fellBack()).isTrue();
        assertThat(first.isOwnRefusal(null)).isFalse();
    }

    @Test
    void aListenerThatThrowsBreaksNeitherTheCallNorTheOtherListeners() {
        Events heard = new Events();
        PolicyListener broken = event -> {
            throw new IllegalStateException("listener");
        };
        PolicyListener unlinked = event -> {
            throw new NoSuchMethodError("listener");
        };
        PolicyContext context =
                PolicyContext.of("test").withListener(PolicyListener.all(broken, unlinked, heard, broken));
        Retried event = new Retried("test", "find", 1, "io", Duration.ZERO);
        context.tell(event);
        context.withListener(broken).tell(event);
        context.withListener(PolicyListener.none()).tell(event);
        assertThat(heard.all()).containsExactly(event);
    }

    @Test
    void everyRefusalOfACallIsItsOwnThoughAHedgeWasRefusedMeanwhile() {
        Attempt first = Attempt.first(CallTraits.unnamed());
        Rejected one = first.refusal("open", Optional.empty());
        Rejected other = first.hedged().refusal("full", Optional.empty());
        assertThat(first.isOwnRefusal(one)).isTrue();
        assertThat(first.isOwnRefusal(other)).isTrue();
        assertThat(first.isOwnRefusal(new Rejected("far away", null))).isFalse();
        assertThat(first.isOwnRefusal(null)).isFalse();
    }
}
