package io.hawser.internal.link;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;

/// Handlers inline, or when the test says so.
public final class HandDispatcher implements Dispatcher {
    private final boolean inline;
    private final ArrayDeque<Runnable> batches = new ArrayDeque<>();

    private HandDispatcher(boolean inline) {
        this.inline = inline;
    }

    public static HandDispatcher inline() {
        return new HandDispatcher(true);
    }

    public static HandDispatcher queued() {
        return new HandDispatcher(false);
    }

    public int waiting() {
        return batches.size();
    }

    /// Runs what waits, and what comes of it.
    public void runAll() {
        for (Runnable batch = batches.poll(); batch != null; batch = batches.poll()) batch.run();
    }

    @Override
    public boolean runsInline() {
        return inline;
    }

    @Override
    public void start(EventLoop loop, Runnable batch) {
        batches.add(batch);
    }

    @Override
    public boolean beginTurn(EventLoop loop) {
        return false;
    }

    @Override
    public void endTurn(EventLoop loop) {}
}
