package io.hawser.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.session.CloseReason;
import io.hawser.session.Session;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PacedTest {
    private final List<Long> closedAtMillis = new ArrayList<>();
    private final HandClock clock = new HandClock();

    private Map<Session, Duration> sessions(int count) {
        Map<Session, Duration> sessions = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) sessions.put(session(Duration.ofMillis(i)), Duration.ofMillis(i));
        return sessions;
    }

    private Session session(Duration pause) {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("hashCode")) return System.identityHashCode(proxy);
                    if (method.getName().equals("equals")) return false;
                    assertThat(method.getName()).isEqualTo("close");
                    assertThat(arguments).containsExactly(CloseReason.DRAIN.withRetryAfter(pause));
                    closedAtMillis.add(clock.nanoTime() / 1_000_000);
                    return null;
                });
    }

    private int closedIn(long fromMillis, long toMillis) {
        return (int) closedAtMillis.stream()
                .filter(at -> at >= fromMillis && at < toMillis)
                .count();
    }

    @Test
    void twoThousandAreClosedASecondAndNotAllAtOnce() {
        Paced.close(sessions(5000), Duration.ofSeconds(12), clock);
        assertThat(closedAtMillis).hasSize(5000);
        assertThat(closedIn(0, 50)).isEqualTo(100);
        for (long second = 0; second < 2; second++) {
            assertThat(closedIn(second * 1000, (second + 1) * 1000)).isEqualTo(2000);
        }
        assertThat(closedIn(2000, 3000)).isEqualTo(1000);
    }

    @Test
    void moreAreClosedASecondWhereTheTimeWouldNotBeEnough() {
        Paced.close(sessions(10_000), Duration.ofSeconds(1), clock);
        assertThat(closedAtMillis).hasSize(10_000);
        assertThat(closedIn(0, 1000)).isEqualTo(10_000);
        assertThat(closedIn(0, 50)).isEqualTo(500);
    }

    @Test
    void whereTheWaitIsInterruptedAllAreClosedAtOnce() {
        Thread.currentThread().interrupt();
        Paced.close(sessions(5000), Duration.ofSeconds(12), clock);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(closedAtMillis).hasSize(5000);
        assertThat(clock.nanoTime()).isZero();
    }
}
