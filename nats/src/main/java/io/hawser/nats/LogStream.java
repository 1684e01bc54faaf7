package io.hawser.nats;

import io.hawser.Rejected;
import io.hawser.cluster.TopicRules;
import io.hawser.internal.nats.CheckedInput;
import io.hawser.internal.topic.LogState;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.StreamState;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stream that all logs of a cluster are in: made where it is not there, brought up to date where it
/// differs.
///
/// It keeps messages for 24 h, so that a quiet topic can prove a position; what is replayed of a topic, its
/// rules say on reading. The epoch of the logs is the moment at which the stream was made.
///
/// Thread: safe from any; calls wait for the broker.
final class LogStream {
    private static final Logger LOG = LoggerFactory.getLogger(LogStream.class);

    static final String TAG = "Hawser-Tag";

    /// In place of the tag of a message whose headers are none.
    private static final String MALFORMED = "malformed";

    private static final Pattern TAGS = Pattern.compile("[0-9a-f]{8}");

    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration DUPLICATES = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final JetStreamOptions OPTIONS =
            JetStreamOptions.builder().requestTimeout(PATIENCE).build();
    private static final int NO_STREAM = 10059;
    private static final int NO_MESSAGE = 10037;

    private final Names names;
    private final NatsConfig config;
    private final int perTopic;
    private final BrokerConnection connection;

    LogStream(BrokerConnection connection, Names names, NatsConfig config, TopicRules rules) {
        this.connection = connection;
        this.names = names;
        this.config = config;
        // One more than is replayed: the one before proves that these are all.
        this.perTopic = rules.maxSize() + 1;
    }

    JetStream jetStream() throws IOException {
        return jetStream(connection.now());
    }

    static JetStream jetStream(Connection at) throws IOException {
        return at.jetStream(OPTIONS);
    }

    private JetStreamManagement management() throws IOException {
        return connection.now().jetStreamManagement(OPTIONS);
    }

    String name() {
        return names.stream();
    }

    /// What the stream is like now; it is made if it is not there.
    StreamInfo ensure() throws IOException, JetStreamApiException {
        try {
            return management().getStreamInfo(name());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != NO_STREAM) throw e;
            return management().addStream(configuration());
        }
    }

    /// Brings limits up to date with the configuration.
    StreamInfo update() throws IOException, JetStreamApiException {
        StreamInfo known = ensure();
        StreamConfiguration now = known.getConfiguration();
        boolean isSame = now.getMaxMsgsPerSubject() == perTopic
                && now.getMaxBytes() == config.maxBytes()
                && now.getReplicas() == config.replicas()
                && !now.getAllowDirect();
        if (now.getStorageType() != storage()) {
            LOG.warn(
                    "stream {} of NATS stays in {} storage, not as configured: it would have to be made anew",
                    name(),
                    now.getStorageType());
        }
        if (isSame) return known;
        return management()
                .updateStream(StreamConfiguration.builder(now)
                        .maxMessagesPerSubject(perTopic)
                        .maxBytes(config.maxBytes())
                        .replicas(config.replicas())
                        .allowDirect(false)
                        .build());
    }

    private StorageType storage() {
        return config.isInMemory() ? StorageType.Memory : StorageType.File;
    }

    private StreamConfiguration configuration() {
        return StreamConfiguration.builder()
                .name(name())
                .subjects(names.logs())
                .retentionPolicy(RetentionPolicy.Limits)
                .discardPolicy(DiscardPolicy.Old)
                .storageType(storage())
                .replicas(config.replicas())
                .maxAge(KEPT)
                .maxBytes(config.maxBytes())
                .maxMessagesPerSubject(perTopic)
                .duplicateWindow(DUPLICATES)
                // A message would come with the headers that somebody else gave it, in which he can say where it is.
                .allowDirect(false)
                .build();
    }

    /// Whether anything is kept of `subject`.
    boolean has(String subject) throws IOException, JetStreamApiException {
        StreamInfo info = management().getStreamInfo(name(), StreamInfoOptions.filterSubjects(subject));
        return info.getStreamState().getSubjectMap().getOrDefault(subject, 0L) > 0;
    }

    /// The tag of the message at `sequence`, as [#tag] gives it; empty if it is not kept.
    String tagAt(long sequence) throws IOException, JetStreamApiException {
        try {
            MessageInfo message = management().getMessage(name(), sequence);
            ZonedDateTime stored = message.getTime();
            return message.isMessage() && stored != null ? tag(message.getHeaders(), stored.toInstant()) : "";
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != NO_MESSAGE && e.getErrorCode() != 404) throw e;
            return "";
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return MALFORMED;
        }
    }

    /// What there is. The moment at which the stream was made names the life of its history.
    static LogState state(StreamInfo info) {
        Instant made = info.getCreateTime().toInstant();
        String epoch = Long.toString(made.getEpochSecond(), 36) + Integer.toString(made.getNano(), 36);
        StreamState now = info.getStreamState();
        long perTopic = info.getConfiguration().getMaxMsgsPerSubject();
        return new LogState(epoch, now.getFirstSequence(), now.getLastSequence(), perTopic);
    }

    /// The tag of a message; where no node has given it one, it is made of when it was stored.
    static String tag(@Nullable Headers headers, Instant stored) {
        if (isMalformed(headers)) return MALFORMED;
        String tag = headers == null ? null : headers.getFirst(TAG);
        if (tag != null && TAGS.matcher(tag).matches()) return tag;
        return "t" + Long.toString(stored.getEpochSecond(), 36) + '.' + Integer.toString(stored.getNano(), 36);
    }

    /// Whether the headers of a message were none.
    static boolean isMalformed(@Nullable Headers headers) {
        return headers != null && headers.containsKey(CheckedInput.MALFORMED);
    }

    static Rejected away(Throwable cause) {
        return new Rejected("the broker is away: " + cause.getMessage(), Duration.ofSeconds(1));
    }
}
