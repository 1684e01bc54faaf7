package io.hawser.internal.link;

import io.hawser.testing.FakeTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// An embedded channel whose peer may refuse to take anything.
public final class StubbornChannel extends EmbeddedChannel {
    private boolean stubborn;

    public StubbornChannel() {
        freezeTime();
    }

    public void refuse() {
        stubborn = true;
    }

    public void takeAgain() {
        stubborn = false;
        flush();
        runPendingTasks();
    }

    /// The peer takes `bytes` of what waits.
    public void take(int bytes) {
        var waiting = unsafe().outboundBuffer();
        ByteBuf head = (ByteBuf) waiting.current();
        handleOutboundMessage(head.readRetainedSlice(bytes));
        waiting.progress(bytes);
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
        if (!stubborn) super.doWrite(in);
    }

    public void read(byte... bytes) {
        writeInbound(Unpooled.wrappedBuffer(bytes.clone()));
    }

    public void endInput() {
        pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        runPendingTasks();
    }

    /// The loop's clock, which the sweep of links is scheduled on.
    public void passMillis(long millis) {
        advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        runScheduledPendingTasks();
        runPendingTasks();
    }

    /// `time` and the loop's clock together, in the steps of that sweep.
    public void pass(FakeTime time, Duration duration) {
        for (long step = 0; step < duration.toMillis() / 500; step++) {
            time.pass(Duration.ofMillis(500));
            passMillis(500);
        }
    }

    /// All bytes written so far and not asked for yet.
    public byte[] written() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = readOutbound(); part != null; part = readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }
}
