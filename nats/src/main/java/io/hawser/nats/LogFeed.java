package io.hawser.nats;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.cluster.TopicMessage;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one consumer by which a node gets every message of the stream, shared by all its sessions.
///
/// It is stopped and started by its [Keeper], never by itself: a consumer that goes on by itself after a break
/// would not notice that what it goes on with is another history.
///
/// Thread: `start` and `stop` from the keeper's thread, messages from the dispatcher's.
///
/// Lock: this monitor guards both fields and is held while a message is handed on, so that none is after `stop`.
final class LogFeed {
    static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

    private final LogStream stream;
    private final Names names;
    private final Dispatcher dispatcher;
    private final Consumer<TopicMessage> out;
    private final Runnable broken;
    private @Nullable JetStreamSubscription subscription;
    /// Which start a message belongs to: what an older one still delivers is not for us.
    private long generation;

    /// @param broken told when the consumer has lost a message
    LogFeed(Connection connection, LogStream stream, Names names, Consumer<TopicMessage> out, Runnable broken) {
        this.stream = stream;
        this.names = names;
        this.out = out;
        this.broken = broken;
        this.dispatcher = connection.createDispatcher();
    }

    /// Starts with the message at `sequence`.
    synchronized void start(String epoch, long sequence) throws IOException, JetStreamApiException {
        stop();
        long own = generation;
        long[] delivered = {0};
        ConsumerConfiguration configuration = ConsumerConfiguration.builder()
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startSequence(sequence)
                .ackPolicy(AckPolicy.None)
                .maxDeliver(1)
                .flowControl(HEARTBEAT)
                .inactiveThreshold(FORGOTTEN_AFTER)
                .memStorage(true)
                .numReplicas(1)
                .build();
        PushSubscribeOptions options = PushSubscribeOptions.builder().stream(stream.name())
                .configuration(configuration)
                .build();
        subscription = stream.jetStream()
                .subscribe(
                        names.logs(), dispatcher, message -> delivered(own, epoch, delivered, message), false, options);
    }

    private synchronized void delivered(long own, String epoch, long[] delivered, Message message) {
        if (own != generation) return;
        if (message.metaData().consumerSequence() == ++delivered[0]) {
            out.accept(read(names, epoch, message));
        } else {
            generation++;
            broken.run();
        }
    }

    synchronized void stop() {
        generation++;
        JetStreamSubscription running = subscription;
        subscription = null;
        if (running == null) return;
        try {
            dispatcher.unsubscribe(running);
        } catch (IllegalStateException e) {
            // The connection is closed, and the subscription with it.
        }
    }

    static TopicMessage read(Names names, String epoch, Message message) {
        Position position =
                new Position(epoch, message.metaData().streamSequence(), LogStream.tag(message.getHeaders()));
        return new TopicMessage(
                names.topic(message.getSubject()),
                position,
                Bytes.wrap(message.getData()),
                message.metaData().timestamp().toInstant());
    }
}
