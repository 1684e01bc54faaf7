package io.hawser.nats;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.cluster.Registration;
import io.hawser.cluster.TopicMessage;
import io.hawser.internal.topic.LogBroker;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;

/// Starts consumers, by which a node gets every message of the stream; all its sessions share one.
///
/// A consumer that has lost its place does not go on by itself: it would not notice that what it goes on with is
/// another history.
///
/// Thread: safe from any; `start` waits for the broker.
final class LogConsumer {
    static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

    private final LogStream stream;
    private final Names names;
    private final Dispatcher dispatcher;

    LogConsumer(Connection connection, LogStream stream, Names names) {
        this.stream = stream;
        this.names = names;
        this.dispatcher = connection.createDispatcher();
    }

    /// Starts with the message at `sequence`.
    Registration start(String epoch, long sequence, LogBroker.Receiver receiver)
            throws IOException, JetStreamApiException {
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
        MessageHandler handler =
                message -> receiver.message(message.metaData().consumerSequence(), read(names, epoch, message));
        JetStreamSubscription running = stream.jetStream().subscribe(names.logs(), dispatcher, handler, false, options);
        return () -> stop(running);
    }

    private void stop(JetStreamSubscription running) {
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
