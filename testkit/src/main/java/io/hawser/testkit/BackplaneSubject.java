package io.hawser.testkit;

import io.hawser.Bytes;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.History;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicRules;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What the contracts of a [Backplane] need of whoever implements it.
public interface BackplaneSubject {
    /// How long a contract waits for what has to come.
    int PATIENCE_SECONDS = 30;

    /// A new backplane, connected, with nothing in its history. The contract closes it.
    Backplane start(TopicRules rules) throws Exception;

    /// What a future gives, or its failure as it is.
    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) throw cause;
            throw new AssertionError(failed.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("nothing came of it for " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Publishes a text.
    static Published publish(Backplane backplane, Topic topic, String text) {
        return await(backplane.publish(Publication.of(topic, Bytes.ofUtf8(text))));
    }

    /// What came after a position.
    static History after(Backplane backplane, Topic topic, Position position) {
        return await(backplane.history(topic, Optional.of(position), 1000));
    }

    /// The payloads of a history, as texts.
    static List<String> texts(History history) {
        return history.messages().stream()
                .map(message -> message.payload().toUtf8())
                .toList();
    }
}
