package io.hawser.nats;

import io.hawser.cluster.Registration;
import io.hawser.internal.topic.LogBroker;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.MessageHandler;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Starts consumers, by which a node gets every message of the stream; all its sessions share one.
///
/// A consumer that has lost its place does not go on by itself: it would not notice that what it goes on
/// with is another history.
///
/// Thread: safe from any; `start` waits for the broker.
///
/// Lock: this monitor guards the dispatcher and whose it is.
final class LogConsumer {
    static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

    private final BrokerConnection connection;
    private final LogStream stream;
    private final Names names;
    private final Arrivals arrivals;
    private @Nullable Connection dispatching;
    private @Nullable Dispatcher dispatcher;

    LogConsumer(BrokerConnection connection, LogStream stream, Names names, Arrivals arrivals) {
        this.connection = connection;
        this.stream = stream;
        this.names = names;
        this.arrivals = arrivals;
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
                message -> receiver.message(message.metaData().consumerSequence(), arrivals.logged(epoch, message));
        Connection at = connection.now();
        Dispatcher by = dispatcher(at);
        JetStreamSubscription running = LogStream.jetStream(at).subscribe(names.logs(), by, handler, false, options);
        return () -> stop(by, running);
    }

    /// One for each connection.
    @SuppressWarnings("ReferenceEquality") // connections are identities
    private synchronized Dispatcher dispatcher(Connection at) {
        Dispatcher known = dispatcher;
        if (known != null && dispatching == at) return known;
        Dispatcher made = at.createDispatcher();
        dispatching = at;
        dispatcher = made;
        return made;
    }

    private static void stop(Dispatcher dispatcher, JetStreamSubscription running) {
        try {
            dispatcher.unsubscribe(running);
        } catch (IllegalStateException e) {
            // The connection is closed, and the subscription with it.
        }
    }
}
