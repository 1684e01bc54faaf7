package io.hawser.testkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.HawserException;
import io.hawser.tcp.TcpServer;
import io.hawser.testkit.Fault;
import io.hawser.testkit.FaultyLink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every client and server of ours with a bad network between them. What the network lets through comes
/// whole and in order; what it does not is an error of ours within the deadline; and once it is mended
/// everything works, with nothing left of what was before.
@Timeout(300)
final class FaultTableTest {
    private static final Duration GENEROUS = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final List<String> TEXTS = List.of("one", "", "three".repeat(300), "four");

    private TcpServer server;
    private FaultyLink link;

    @BeforeEach
    void open() throws IOException {
        server = Talk.serve();
        link = FaultyLink.to(server.endpoint(), 42);
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        server.close();
    }

    static Stream<Arguments> slowNetworks() {
        Fault[][] networks = {
            {new Fault.OneByteAtATime()},
            {new Fault.Pieces(7)},
            {new Fault.Pieces(900), new Fault.Delay(Duration.ofMillis(3))},
            {new Fault.Delay(Duration.ofMillis(20))}
        };
        return Stream.of(Talk.values())
                .flatMap(talk -> Stream.of(networks).map(faults -> Arguments.of(talk, List.of(faults))));
    }

    @ParameterizedTest
    @MethodSource("slowNetworks")
    void overASlowNetworkEverythingComesWholeAndInOrder(Talk talk, List<Fault> faults) {
        link.towardsServer(faults.toArray(Fault[]::new));
        link.towardsClient(faults.toArray(Fault[]::new));
        talk.echo(link.endpoint(), GENEROUS, TEXTS);
        mended(talk);
    }

    /// Both directions, at places all over a conversation.
    @ParameterizedTest
    @EnumSource
    void aConnectionThatEndsAnywhereIsAnErrorAndTheNextOneWorks(Talk talk) {
        endsAt(talk, 61, 2000);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("full")
    void aConnectionThatEndsAtEachByteIsAnErrorAndTheNextOneWorks(Talk talk) {
        endsAt(talk, 1, 2600);
    }

    private void endsAt(Talk talk, int step, int end) {
        int failed = 0;
        for (int at = 0; at < end; at += step) {
            for (Fault fault : new Fault[] {new Fault.CutAfter(at), new Fault.ResetAfter(at)}) {
                link.towardsServer(fault);
                link.towardsClient();
                failed += talks(talk, GENEROUS) ? 0 : 1;
                link.towardsServer();
                link.towardsClient(fault);
                failed += talks(talk, GENEROUS) ? 0 : 1;
            }
        }
        assertThat(failed).isGreaterThan(end / step);
        mended(talk);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatStandsStillHoldsNobodyBeyondTheDeadline(Talk talk) {
        SplittableRandom random = new SplittableRandom(7);
        int failed = 0;
        for (int round = 0; round < 4; round++) {
            Fault stall = new Fault.StallAfter(random.nextInt(900));
            link.towardsServer(round % 2 == 0 ? new Fault[] {stall} : new Fault[0]);
            link.towardsClient(round % 2 == 0 ? new Fault[0] : new Fault[] {stall});
            failed += talks(talk, SHORT) ? 0 : 1;
        }
        assertThat(failed).isPositive();
        mended(talk);
    }

    @ParameterizedTest
    @EnumSource
    void anEndThatOvertakesWhatWasSentBeforeItLosesNobodyElses(Talk talk) {
        link.towardsServer(new Fault.EndOvertakes(Duration.ofMillis(20)));
        link.towardsClient(new Fault.EndOvertakes(Duration.ofMillis(20)));
        for (int round = 0; round < 5; round++) talks(talk, GENEROUS);
        mended(talk);
    }

    /// Whether it came to its end; if not, for a reason that a caller is told of.
    private boolean talks(Talk talk, Duration within) {
        try {
            talk.echo(link.endpoint(), within, TEXTS);
            return true;
        } catch (HawserException told) {
            assertThat(told).hasMessageNotContaining("null");
            return false;
        }
    }

    private void mended(Talk talk) {
        link.towardsServer();
        link.towardsClient();
        talk.echo(link.endpoint(), GENEROUS, TEXTS);
        talk.echo(server.endpoint(), GENEROUS, TEXTS);
        link.resetAll();
        await().until(() -> server.connectionCount() == 0);
    }
}
