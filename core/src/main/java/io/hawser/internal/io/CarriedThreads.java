package io.hawser.internal.io;

import java.util.concurrent.Executor;

/// Makes virtual threads with a scheduler of one's own: all that [LoopCarrier] needs of the JDK to start one.
@FunctionalInterface
interface CarriedThreads {
    /// A virtual thread that hands its continuation to `scheduler` whenever it is to run on.
    Thread unstarted(Executor scheduler, Runnable body);
}
