package io.hawser.internal.process;

import io.hawser.Cancelled;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A child's end of its [Dialogue] with its parent. It ends with its one connection: a child without its
/// parent has to go.
///
/// Thread: safe from any.
public final class DialogueClient implements AutoCloseable {
    private final MessagingClient client;
    private final Dialogue dialogue;
    private final CompletableFuture<Void> ended;

    private DialogueClient(MessagingClient client, Dialogue dialogue, CompletableFuture<Void> ended) {
        this.client = client;
        this.dialogue = dialogue;
        this.ended = ended;
    }

    /// Connects to the parent.
    ///
    /// @param name what the child calls itself
    /// @throws io.hawser.ConnectFailed if the parent does not listen
    public static DialogueClient open(Endpoint parent, String name, Conversing side, int maxMessageBytes) {
        CompletableFuture<Dialogue> begun = new CompletableFuture<>();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Conversing watched = new Conversing() {
            @Override
            public void begun(Dialogue dialogue) {
                // A second connection has nothing of what the first had.
                if (begun.complete(dialogue)) side.begun(dialogue);
                else dialogue.close();
            }

            @Override
            public CompletableFuture<ContainerBuilder> answer(Dialogue with, Container question) throws Exception {
                return side.answer(with, question);
            }

            @Override
            public void ended(Dialogue dialogue) {
                side.ended(dialogue);
                ended.complete(null);
            }
        };
        MessagingClientConfig config = MessagingClientConfig.to(name, parent)
                .withMessaging(DialogueServer.config(maxMessageBytes))
                .withQueue(0, 0);
        MessagingClient client = MessagingClient.open(config, new DialogueHandler(watched));
        try {
            return new DialogueClient(client, begun.get(), ended);
        } catch (InterruptedException e) {
            client.close();
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while connecting to " + parent, Processed.NO, e);
        } catch (ExecutionException e) {
            client.close();
            throw new IllegalStateException(e);
        }
    }

    public Dialogue dialogue() {
        return dialogue;
    }

    /// Completed when the connection has ended.
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        client.close();
    }
}
