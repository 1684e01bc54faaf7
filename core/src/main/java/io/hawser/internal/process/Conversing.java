package io.hawser.internal.process;

import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import java.util.concurrent.CompletableFuture;

/// One side of [Dialogue]s: what it answers to the other side's questions.
///
/// Thread: as a session's handler; the calls for one dialogue come one after another.
public interface Conversing {
    default void begun(Dialogue dialogue) {}

    /// Answers a question, now or later, in any order. What is thrown, or what the future fails with, the
    /// other side gets as it is if it is [io.hawser.LimitExceeded], [io.hawser.Rejected] or
    /// [IllegalArgumentException], and [io.hawser.ConnectionLost] for that and [io.hawser.DeadlineExceeded].
    ///
    /// A question that wants no answer gets none; what is returned then does not matter.
    CompletableFuture<ContainerBuilder> answer(Dialogue with, Container question) throws Exception;

    default void ended(Dialogue dialogue) {}
}
