package io.hawser.internal.worker;

import io.hawser.messaging.ContainerBuilder;
import java.util.List;
import java.util.function.IntFunction;

/// The workers of a [Supervisor].
///
/// @param count how many; at least 1
/// @param command the command that runs the one of that number
/// @param settings what the one of that number is told when it asks
public record WorkerPlan(int count, IntFunction<List<String>> command, IntFunction<ContainerBuilder> settings) {
    public WorkerPlan {
        if (count < 1) throw new IllegalArgumentException("count " + count + ": at least 1");
    }
}
