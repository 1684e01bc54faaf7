package io.hawser.internal.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Attempts to connect to the addresses of one host, each begun a quarter of a second after the one before,
/// or when that has failed. The first that succeeds wins, and the others are closed.
///
/// Thread: `run` on that of the caller, which waits; `won` is called on the winner's event loop, before
/// anything is read from it.
///
/// Source: RFC 8305, section 5
final class HappyEyeballs {
    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Consumer<Channel> won;
    private final AtomicBoolean isSettled = new AtomicBoolean();
    private final List<Channel> attempts = new ArrayList<>();
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

    private record Outcome(
            @Nullable SocketAddress address, @Nullable Throwable failure) {}

    HappyEyeballs(Consumer<Channel> won) {
        this.won = won;
    }

    /// Waits until one attempt has won, or all have failed.
    ///
    /// @param failed is told of each attempt that failed
    /// @return whether one has won
    /// @throws TimeoutException if neither happens within `atMostNanos`
    boolean run(
            Function<SocketAddress, ChannelFuture> connect,
            List<? extends SocketAddress> addresses,
            long atMostNanos,
            BiConsumer<SocketAddress, Throwable> failed)
            throws InterruptedException, TimeoutException {
        long begun = System.nanoTime();
        int next = 0;
        int pending = 0;
        boolean hasWon = false;
        try {
            while (true) {
                if (next < addresses.size()) {
                    begin(connect, addresses.get(next++));
                    pending++;
                } else if (pending == 0) {
                    return false;
                }
                long left = atMostNanos - (System.nanoTime() - begun);
                long wait = next < addresses.size() ? Math.min(DELAY_NANOS, left) : left;
                Outcome outcome = outcomes.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
                if (outcome == null) {
                    if (wait == left) throw new TimeoutException();
                    continue;
                }
                pending--;
                Throwable failure = outcome.failure();
                hasWon = failure == null;
                SocketAddress address = outcome.address();
                if (failure == null || address == null) return true;
                failed.accept(address, failure);
            }
        } finally {
            // Also when one has won just now: then its caller has left, or waits for it no longer.
            if (!hasWon) abandon();
            else if (attempts.size() > 1) closeLosers();
        }
    }

    private void begin(Function<SocketAddress, ChannelFuture> connect, SocketAddress address) {
        ChannelFuture attempt = connect.apply(address);
        attempts.add(attempt.channel());
        attempt.addListener((ChannelFuture done) -> ended(address, done));
    }

    /// Thread: the event loop of the attempt.
    private void ended(SocketAddress address, ChannelFuture done) {
        if (!done.isSuccess()) outcomes.add(new Outcome(address, done.cause()));
    }

    /// What stands last in the pipeline of each attempt until it is connected. Not a listener: one that comes too
    /// late would miss what a server says first.
    ChannelHandler handler() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                Channel channel = ctx.channel();
                ctx.pipeline().remove(this);
                if (isSettled.compareAndSet(false, true)) {
                    won.accept(channel);
                    outcomes.add(new Outcome(channel.remoteAddress(), null));
                } else {
                    channel.close();
                }
            }
        };
    }

    private void closeLosers() {
        for (Channel attempt : attempts) if (!attempt.isActive()) attempt.close();
    }

    /// Closes all that was opened, the winner too.
    void abandon() {
        isSettled.set(true);
        attempts.forEach(Channel::close);
    }
}
