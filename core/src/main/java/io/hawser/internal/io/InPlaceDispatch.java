package io.hawser.internal.io;

import io.netty.channel.EventLoop;

/// Runs handlers on the event loop itself.
final class InPlaceDispatch implements Dispatch {
    @Override
    public void run(EventLoop loop, Runnable work) {
        if (!(loop instanceof IoLoop watched)) {
            loop.execute(work); // an embedded channel's, which runs it at once
        } else if (watched.inEventLoop()) {
            watched.hold(work, null);
        } else {
            watched.execute(() -> watched.hold(work, null));
        }
    }
}
