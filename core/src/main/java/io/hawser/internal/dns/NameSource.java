package io.hawser.internal.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Where a [NameCache] asks.
@FunctionalInterface
interface NameSource {
    /// What a source says of a name.
    ///
    /// @param addresses empty if there is no such name
    /// @param life how long that holds
    record Answer(List<InetAddress> addresses, Duration life) {}

    /// Begins to ask. What fails is a source that does not answer, not a name that does not exist.
    CompletableFuture<Answer> ask(String host);
}
