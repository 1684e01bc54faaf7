package io.hawser.internal.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.internal.link.FramingDriver;
import io.hawser.internal.link.HandDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.io.ConnectionLimits;
import io.hawser.tcp.Framing;
import io.hawser.testing.FakeTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Long frames are bounded by their bytes, before there are too many of them.
class UnhandledBytesTest {
    private static final int HARD = 20_000;
    private static final ConnectionLimits LIMITS = ConnectionLimits.defaults().withQueueBytes(HARD, HARD);

    private static <F> void stopsReading(Framing<F> framing, F frame) {
        StubbornChannel channel = new StubbornChannel();
        HandDispatcher dispatcher = HandDispatcher.queued();
        AtomicInteger received = new AtomicInteger();
        LinkGroup group = new LinkGroup(LIMITS, dispatcher, false, new FakeTime());
        TcpLink<F> link = new TcpLink<>(group, framing, (connection, each) -> received.incrementAndGet(), channel);
        channel.pipeline().addLast(link);
        link.start(null);
        channel.read(FramingDriver.encode(framing, List.of(frame, frame)));
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.read(FramingDriver.encode(framing, List.of(frame, frame)));
        assertThat(channel.config().isAutoRead()).as("three have the bytes").isFalse();
        while (dispatcher.waiting() > 0) {
            dispatcher.runAll();
            channel.runPendingTasks();
        }
        assertThat(received).hasValue(4);
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.finishAndReleaseAll();
        dispatcher.runAll();
    }

    @Test
    void framesOfBytesAre() {
        stopsReading(Framing.lengthPrefix(4, HARD), Bytes.wrap(new byte[8000]));
    }

    @Test
    void linesAre() {
        stopsReading(Framing.lines(HARD), "x".repeat(8000));
    }
}
