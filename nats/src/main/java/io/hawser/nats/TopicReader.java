package io.hawser.nats;

import io.hawser.HawserException;
import io.hawser.Rejected;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.internal.topic.LoadedTopic;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/// Reads what is kept of one topic.
///
/// Thread: safe from any. Reads run on virtual threads, eight at a time.
final class TopicReader {
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LogStream stream;
    private final Names names;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    TopicReader(LogStream stream, Names names) {
        this.stream = stream;
        this.names = names;
    }

    CompletableFuture<LoadedTopic> load(Topic topic) {
        CompletableFuture<LoadedTopic> loaded = new CompletableFuture<>();
        Thread.ofVirtual().name("hawser-nats-read").start(() -> {
            try {
                turns.acquire();
                try {
                    loaded.complete(read(topic));
                } finally {
                    turns.release();
                }
            } catch (HawserException e) {
                loaded.completeExceptionally(e);
            } catch (IOException | JetStreamApiException | RuntimeException e) {
                loaded.completeExceptionally(LogStream.away(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                loaded.completeExceptionally(new Rejected("interrupted", PATIENCE));
            }
        });
        return loaded;
    }

    private LoadedTopic read(Topic topic) throws IOException, JetStreamApiException, InterruptedException {
        String subject = names.log(topic);
        StreamInfo info = stream.info(subject);
        String epoch = LogStream.epoch(info);
        long last = info.getStreamState().getLastSequence();
        long count = info.getStreamState().getSubjectMap().getOrDefault(subject, 0L);
        List<LoadedTopic.Aged> messages = count == 0 ? List.of() : messages(subject, epoch);
        long through = last;
        long upToLast = 0;
        for (LoadedTopic.Aged aged : messages) {
            long offset = aged.message().position().offset();
            through = Math.max(through, offset);
            if (offset <= last) upToLast++;
        }
        // Where the topic is full, or lost a message while it was read, older ones may be gone.
        boolean isCut = count >= stream.perTopic() || upToLast < count;
        long completeAfter = Math.max(0, info.getStreamState().getFirstSequence() - 1);
        if (isCut) {
            completeAfter = messages.isEmpty()
                    ? last
                    : messages.getFirst().message().position().offset() - 1;
        }
        return new LoadedTopic(epoch, completeAfter, through, messages);
    }

    private List<LoadedTopic.Aged> messages(String subject, String epoch)
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
                TopicMessage read = LogFeed.read(names, epoch, message);
                long age = Duration.between(read.publishedAt(), Instant.now()).toNanos();
                messages.add(new LoadedTopic.Aged(read, Math.max(0, age)));
                if (message.metaData().pendingCount() == 0) return messages;
            }
        } finally {
            subscription.unsubscribe();
        }
    }
}
