package io.hawser.internal.link;

import io.hawser.internal.io.Dispatch;
import io.hawser.internal.io.IoLoop;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.io.ExecutionMode;
import io.netty.channel.EventLoop;

/// Runs handlers as their [ExecutionMode] says.
public final class IoDispatcher implements Dispatcher {
    private final boolean inline;
    private final Dispatch dispatch;

    public IoDispatcher(NettyIoThreads threads, ExecutionMode mode) {
        this.inline = mode == ExecutionMode.EVENT_LOOP;
        this.dispatch = threads.dispatch(mode);
    }

    @Override
    public boolean runsInline() {
        return inline;
    }

    @Override
    public void start(EventLoop loop, Runnable batch) {
        dispatch.run(loop, batch);
    }

    @Override
    public boolean beginTurn(EventLoop loop) {
        return inline && loop instanceof IoLoop own && own.beginHandlers();
    }

    @Override
    public void endTurn(EventLoop loop) {
        if (loop instanceof IoLoop own) own.endHandlers();
    }
}
