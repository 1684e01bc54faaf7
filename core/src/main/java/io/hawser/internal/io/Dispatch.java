package io.hawser.internal.io;

import io.netty.channel.EventLoop;

/// Where the code of a handler runs.
///
/// Made by [NettyIoThreads#dispatch], one for each [io.hawser.io.ExecutionMode].
@FunctionalInterface
public interface Dispatch {
    /// Runs `work`, either before it returns or at some time after. Two calls may run at the same time: whoever needs
    /// an order keeps the second back until the first is done.
    ///
    /// Errors: what `work` throws is logged and reaches nobody.
    /// Thread: safe from any; from the loop's own it takes the shortest way.
    ///
    /// @param loop the event loop of the connection that the work is for
    void run(EventLoop loop, Runnable work);
}
