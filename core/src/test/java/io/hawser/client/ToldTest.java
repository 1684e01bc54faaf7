package io.hawser.client;

import static io.hawser.client.Requests.body;
import static io.hawser.client.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a hub says of coming back.
final class ToldTest {
    private final Told told = new Told(
            Map.of(),
            new Questions(new WireState(), Duration.ofSeconds(1)),
            new Direct(message -> {}, acknowledged -> {}));

    @Test
    void whatAGoawaySaysCountsOnce() {
        assertThat(told.pause()).isEmpty();
        told.message(request("goaway", body().put("code", 4501).put("retry", 7000)));
        assertThat(told.pause()).contains(Duration.ofSeconds(7));
        assertThat(told.pause()).isEmpty();
    }

    @Test
    void aPauseThatMakesNoSenseIsNoneOrTheLongest() {
        told.message(request("goaway", body().put("retry", -1)));
        assertThat(told.pause()).contains(Duration.ZERO);
        told.message(request("goaway", body().put("retry", Long.MAX_VALUE)));
        assertThat(told.pause()).contains(Duration.ofHours(1));
    }

    @Test
    void theSpreadIsThatOfTheLastWelcomeOrOfWhatWasSaidSince() {
        assertThat(told.spread()).isZero();
        told.welcome(body().put("spread", 800));
        assertThat(told.spread()).isEqualTo(Duration.ofMillis(800));
        told.message(request("spread", body().put("within", 10_000)));
        assertThat(told.spread()).isEqualTo(Duration.ofSeconds(10));
        told.welcome(body());
        assertThat(told.spread()).isZero();
    }

    @Test
    void aSpreadThatMakesNoSenseIsNone() {
        told.message(request("spread", body().put("within", -5)));
        assertThat(told.spread()).isZero();
        told.message(request("spread", body().put("within", Long.MAX_VALUE)));
        assertThat(told.spread()).isEqualTo(Duration.ofMinutes(10));
        told.message(request("spread", body().put("within", "soon")));
        assertThat(told.spread()).isZero();
    }
}
