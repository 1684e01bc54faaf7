package io.hawser.hub.bench.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.bench.HoldRun;
import io.hawser.hub.bench.MsgiProtocol;
import io.hawser.hub.bench.Progress;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class HoldRunTest {

    @Test
    void everyConnectionIsAnsweredAndHeld() throws Exception {
        try (var server = EchoServer.ofBytes();
                var run = new HoldRun(new MsgiProtocol(64), server.address(), 300, OptionalLong.empty())) {
            var opened = run.open(Progress.silent());

            assertThat(opened.faults()).isEmpty();
            assertThat(opened.established()).isEqualTo(300);
            assertThat(opened.connectsPerSecond()).isPositive();
            assertThat(run.hold(() -> true)).isEqualTo(opened);
        }
    }

    @Test
    void aRateIsNotExceeded() throws Exception {
        try (var server = EchoServer.ofBytes();
                var run = new HoldRun(new MsgiProtocol(64), server.address(), 20, OptionalLong.of(200))) {
            var opened = run.open(Progress.silent());

            assertThat(opened.established()).isEqualTo(20);
            // The 20th is due 19/200 s after the first.
            assertThat(opened.openingNanos()).isGreaterThanOrEqualTo(95_000_000);
        }
    }

    @Test
    void connectionsThatTheServerClosesAreCounted() throws Exception {
        var server = EchoServer.ofBytes();
        try (var run = new HoldRun(new MsgiProtocol(64), server.address(), 5, OptionalLong.empty())) {
            var opened = run.open(Progress.silent());
            server.close();
            var lost = opened;
            while (lost.established() > 0) {
                int before = lost.established();
                var asked = new int[1];
                lost = run.hold(() -> asked[0]++ > 0);
                assertThat(lost.established()).isLessThanOrEqualTo(before);
            }

            assertThat(lost.faults().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(5);
            assertThat(lost.faults().keySet()).allMatch(kind -> kind.startsWith("lost while held: "));
        }
    }

    @Test
    void aServerThatAnswersWronglyHoldsNothing() throws Exception {
        try (var server = EchoServer.start((in, out) -> out.write(new byte[in.readNBytes(74).length]));
                var run = new HoldRun(new MsgiProtocol(64), server.address(), 3, OptionalLong.empty())) {
            var opened = run.open(Progress.silent());

            assertThat(opened.established()).isZero();
            assertThat(opened.faults()).containsEntry("not an MSGI frame", 3L);
        }
    }
}
