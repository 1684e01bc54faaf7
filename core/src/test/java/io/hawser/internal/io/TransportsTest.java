package io.hawser.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.io.IoConfig;
import io.hawser.io.IoStats;
import io.hawser.io.Transport;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransportsTest {
    private final IoConfig config = IoConfig.defaults().withThreads(2).withName("transports-test");

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void everyTransportThatIsThereRunsItsLoopsAndLeavesNoThread(Transport transport) throws InterruptedException {
        assumeThat(Transports.unavailability(transport)).isNull();
        List<Thread> threads = new ArrayList<>();
        List<Channel> channels = new ArrayList<>();
        try (NettyIoThreads io = NettyIoThreads.start(config.withTransport(transport))) {
            assertThat(io.transport()).isEqualTo(transport);
            for (int i = 0; i < 2; i++) {
                LinkedBlockingQueue<Thread> ran = new LinkedBlockingQueue<>();
                io.loops().get(i).execute(() -> ran.add(Thread.currentThread()));
                Thread thread = ran.poll(30, TimeUnit.SECONDS);
                assertThat(thread.getName()).isEqualTo("transports-test-" + i);
                threads.add(thread);
            }
            channels.add(io.serverChannels(Endpoint.of("localhost", 0)).newChannel());
            channels.add(io.clientChannels(Endpoint.of("localhost", 0)).newChannel());
            for (Channel channel : channels) {
                assertThat(io.next().register(channel).awaitUninterruptibly().isSuccess())
                        .isTrue();
            }
            assertThat(io.stats().loops()).extracting(IoStats.Loop::channels).containsExactly(1, 1);
        }
        assertThat(threads).noneMatch(Thread::isAlive);
        assertThat(channels).noneMatch(Channel::isOpen);
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void aStopRightAfterARegistrationClosesTheChannel(Transport transport) {
        assumeThat(Transports.unavailability(transport)).isNull();
        for (int round = 0; round < 25; round++) {
            Channel channel;
            try (NettyIoThreads io = NettyIoThreads.start(config.withThreads(1).withTransport(transport))) {
                channel = io.serverChannels(Endpoint.of("localhost", 0)).newChannel();
                assertThat(io.next().register(channel).awaitUninterruptibly().isSuccess())
                        .isTrue();
            }
            assertThat(channel.isOpen()).as("round %d", round).isFalse();
        }
    }

    @Test
    void theAutomaticChoiceIsSaid() {
        try (CapturedLog log = CapturedLog.of(Transports.class);
                NettyIoThreads io = NettyIoThreads.start(config)) {
            assertThat(io.transport()).isNotEqualTo(Transport.AUTO);
            assertThat(log.lines())
                    .containsExactly(
                            "INFO Transport " + io.transport().name().toLowerCase(Locale.ROOT) + " (automatic)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTransportThatIsMissingIsRefusedWithTheReason(Transport transport) {
        assumeThat(Transports.unavailability(transport)).isNotNull();
        assertThatExceptionOfType(StartupFailed.class)
                .isThrownBy(() -> NettyIoThreads.start(config.withTransport(transport)))
                .withMessageMatching("transport [a-z_]+ is not available here: .+")
                .withCause(Transports.unavailability(transport));
    }
}
