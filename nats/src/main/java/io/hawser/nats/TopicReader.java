package io.hawser.nats;

import io.hawser.Rejected;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.internal.topic.LoadedTopic;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Reads what is kept of one topic.
///
/// Thread: safe from any; eight reads wait for the broker at a time, the others for them.
final class TopicReader {
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LogStream stream;
    private final Names names;
    private final Arrivals arrivals;
    private final BrokerClock clock;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    TopicReader(LogStream stream, Names names, Arrivals arrivals, BrokerClock clock) {
        this.stream = stream;
        this.names = names;
        this.arrivals = arrivals;
        this.clock = clock;
    }

    /// All that is kept of a topic, in order, and what others have put between.
    List<LoadedTopic.Aged> kept(Topic topic, String epoch)
            throws IOException, JetStreamApiException, InterruptedException {
        turns.acquire();
        try {
            String subject = names.log(topic);
            return stream.has(subject) ? read(subject, epoch) : List.of();
        } finally {
            turns.release();
        }
    }

    private List<LoadedTopic.Aged> read(String subject, String epoch)
            throws IOException, JetStreamApiException, InterruptedException {
        List<LoadedTopic.Aged> messages = new ArrayList<>();
        PushSubscribeOptions options = PushSubscribeOptions.builder().stream(stream.name())
                .ordered(true)
                .build();
        JetStreamSubscription subscription = stream.jetStream().subscribe(subject, options);
        try {
            while (true) {
                Message message = subscription.nextMessage(PATIENCE);
                if (message == null) throw new Rejected("the broker did not send what it has", PATIENCE);
                TopicMessage read = arrivals.logged(epoch, message);
                long age = clock.since(read.publishedAt()).toNanos();
                messages.add(new LoadedTopic.Aged(read, age));
                if (message.metaData().pendingCount() == 0) return messages;
            }
        } finally {
            subscription.unsubscribe();
        }
    }
}
