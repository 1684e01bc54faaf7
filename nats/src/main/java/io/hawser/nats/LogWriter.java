package io.hawser.nats;

import io.hawser.ConnectionLost;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import io.hawser.cluster.Publication;
import io.hawser.internal.topic.Appended;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Appends to the stream, and waits for its acknowledgement.
///
/// Thread: safe from any; nothing waits.
final class LogWriter {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int PATIENCE_SECONDS = 5;
    private static final int HEAD_ROOM_BYTES = 1024;

    private final BrokerConnection connection;
    private final LogStream stream;
    private final Names names;

    LogWriter(BrokerConnection connection, LogStream stream, Names names) {
        this.connection = connection;
        this.stream = stream;
        this.names = names;
    }

    CompletableFuture<Appended> append(Publication publication, String tag) {
        try {
            checkSize(connection.now(), publication.payload().size());
        } catch (LimitExceeded tooLarge) {
            return CompletableFuture.failedFuture(tooLarge);
        }
        Headers headers = new Headers().put(LogStream.TAG, tag);
        PublishOptions.Builder options = PublishOptions.builder().expectedStream(stream.name());
        if (publication.hasMid()) options.messageId(MessageIds.of(publication));
        CompletableFuture<PublishAck> ack;
        try {
            ack = stream.jetStream()
                    .publishAsync(
                            names.log(publication.topic()),
                            headers,
                            publication.payload().toArray(),
                            options.build());
        } catch (IOException | IllegalStateException e) {
            return CompletableFuture.failedFuture(LogStream.away(e));
        }
        return ack.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(reason(failure, "the message")))
                .thenCompose(stored -> appended(stored, tag));
    }

    /// @throws LimitExceeded if the broker carries no payload of so many bytes
    static void checkSize(Connection broker, int size) {
        long most = broker.getMaxPayload() - HEAD_ROOM_BYTES;
        if (most > 0 && size > most) throw new LimitExceeded("the broker's max_payload", most, size, Processed.NO);
    }

    private CompletableFuture<Appended> appended(PublishAck ack, String tag) {
        long offset = ack.getSeqno();
        if (!ack.isDuplicate()) return CompletableFuture.completedFuture(new Appended(offset, tag, false));
        return NatsLog.ask("hawser-nats-duplicate", () -> new Appended(offset, stream.tagAt(offset), true))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(lost(failure, "the message")));
    }

    /// Why `what` was not said to be stored.
    static HawserException reason(Throwable failure, String what) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof RuntimeException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case JetStreamApiException refused when refused.getErrorCode() == 503 -> LogStream.away(refused);
            case JetStreamApiException refused -> new Rejected(String.valueOf(refused.getMessage()), PAUSE);
            case IOException io when String.valueOf(io.getMessage()).contains("503") -> LogStream.away(io);
            default -> lost(cause, what);
        };
    }

    private static ConnectionLost lost(Throwable cause, String what) {
        return new ConnectionLost("the broker has not said whether it has " + what, Processed.MAYBE, cause);
    }
}
