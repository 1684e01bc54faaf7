package io.hawser.internal.io;

import io.netty.channel.EventLoop;

/// Runs handlers on the event loop itself.
final class InPlaceDispatch implements Dispatch {
    @Override
    public void run(EventLoop loop, Runnable work) {
        if (!loop.inEventLoop()) {
            loop.execute(() -> run(loop, work));
        } else if (loop instanceof IoLoop own) {
            own.hold(work, null);
        } else {
            work.run(); // an embedded channel's loop
        }
    }
}
