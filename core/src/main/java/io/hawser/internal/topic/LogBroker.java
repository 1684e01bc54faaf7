package io.hawser.internal.topic;

import io.hawser.cluster.Publication;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What keeps the logs of a cluster in one order, as one node reaches it: a few plain operations, from which
/// [MirroredTopics] makes what is promised.
///
/// Errors: a future fails with [io.hawser.Rejected] if the broker cannot be asked now or does not answer in
/// time.
///
/// Thread: safe from any; nothing waits.
public interface LogBroker {
    /// What has a place in the history and is no message of a node's comes as one of this topic, without a
    /// payload: its offset counts, and nobody hears of it.
    Topic NOBODYS = Topic.of("$hawser.nobodys");

    /// Of the marks of a history, whose messages are empty. It is a log whatever the rules say of it.
    Topic MARKS = Topic.of("$hawser.mark");

    /// Gets what is kept, from where it was asked for.
    interface Receiver {
        /// A message.
        ///
        /// @param number 1 for the first, and one more for each: what is lost on the way shows as a gap
        void message(long number, TopicMessage message);
    }

    /// Whether there is a connection to it.
    boolean isReachable();

    /// What it keeps; the history is begun where there is none.
    CompletableFuture<LogState> state();

    /// The tag of the message at `offset`; empty if it is not kept.
    CompletableFuture<String> tagAt(long offset);

    /// All messages of `topic` that are kept, in order, named as of `epoch`, and those of [#NOBODYS] between
    /// them that are in its place.
    CompletableFuture<List<LoadedTopic.Aged>> kept(Topic topic, String epoch);

    /// Appends a message, unless one with its `mid` is there.
    ///
    /// Errors: as [io.hawser.cluster.Backplane#publish].
    CompletableFuture<Appended> append(Publication publication, String tag);

    /// Brings every message of every topic from `offset` on, named as of `epoch`, until the registration is
    /// closed.
    CompletableFuture<Registration> follow(String epoch, long offset, Receiver receiver);
}
