package io.hawser.nats;

import io.hawser.HawserException;
import io.hawser.Rejected;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Topic;
import io.hawser.internal.topic.Appended;
import io.hawser.internal.topic.LoadedTopic;
import io.hawser.internal.topic.LogBroker;
import io.hawser.internal.topic.LogState;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The stream of the logs, as one node reaches it.
///
/// Thread: safe from any; what waits for the broker does so on virtual threads.
final class NatsLog implements LogBroker {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// What waits for the broker.
    interface Question<T> {
        T ask() throws IOException, JetStreamApiException, InterruptedException;
    }

    private final BrokerConnection connection;
    private final LogStream stream;
    private final LogWriter writer;
    private final TopicReader reader;
    private final LogConsumer consumer;

    NatsLog(BrokerConnection connection, LogStream stream, Names names, Arrivals arrivals, BrokerClock clock) {
        this.connection = connection;
        this.stream = stream;
        this.writer = new LogWriter(connection, stream, names);
        this.reader = new TopicReader(stream, names, arrivals, clock);
        this.consumer = new LogConsumer(connection, stream, names, arrivals);
    }

    static <T> CompletableFuture<T> ask(String name, Question<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofVirtual().name(name).start(() -> {
            try {
                answer.complete(question.ask());
            } catch (HawserException e) {
                answer.completeExceptionally(e);
            } catch (IOException | JetStreamApiException | RuntimeException e) {
                answer.completeExceptionally(LogStream.away(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer.completeExceptionally(new Rejected("interrupted", PAUSE));
            }
        });
        return answer;
    }

    @Override
    public boolean isReachable() {
        return connection.isConnected();
    }

    @Override
    public CompletableFuture<LogState> state() {
        return ask("hawser-nats-state", () -> LogStream.state(stream.ensure()));
    }

    @Override
    public CompletableFuture<String> tagAt(long offset) {
        if (offset == 0) return CompletableFuture.completedFuture("");
        return ask("hawser-nats-tag", () -> stream.tagAt(offset));
    }

    @Override
    public CompletableFuture<List<LoadedTopic.Aged>> kept(Topic topic, String epoch) {
        return ask("hawser-nats-read", () -> reader.kept(topic, epoch));
    }

    @Override
    public CompletableFuture<Appended> append(Publication publication, String tag) {
        return writer.append(publication, tag);
    }

    @Override
    public CompletableFuture<Registration> follow(String epoch, long offset, Receiver receiver) {
        return ask("hawser-nats-follow", () -> consumer.start(epoch, offset, receiver));
    }
}
