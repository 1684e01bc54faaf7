package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.internal.item.Utf8;

/// How large a message may be with what the hub adds to it, so that whoever gets it can take it. It counts in
/// CBOR, whatever the notation and the transport: a session may come back on another.
///
/// Errors: [LimitExceeded] for what is larger.
///
/// @param maxBytes of the whole push
public record MessageLimit(int maxBytes) {
    private static final String NAME = "message_size_limit";
    private static final int MAX_NUMBER_BYTES = 9;
    private static final int MAX_TEXT_HEAD_BYTES = 2;
    private static final int MAX_TAG_BYTES = 64;
    private static final int MAX_TOPIC_BYTES = 255;

    /// Of `{"msg":{"s":S,...}}`, where `...` is what is signed without the head of its map.
    private static final int AROUND_DIRECT = 1 + 4 + 1 + 2 + MAX_NUMBER_BYTES - 1;

    /// Of `{"pub":{"topic":T,"o":O,"g":G,...}}`, without the bytes of T.
    private static final int AROUND_PUB =
            1 + 4 + 1 + 6 + MAX_TEXT_HEAD_BYTES + 2 + MAX_NUMBER_BYTES + 2 + MAX_TEXT_HEAD_BYTES + MAX_TAG_BYTES - 1;

    /// Hands on what is short enough.
    public Publication check(Publication publication) {
        check(publication.topic(), publication.payload());
        return publication;
    }

    void check(TopicMessage message) {
        check(message.topic(), message.payload());
    }

    private void check(Topic topic, Bytes signed) {
        if (signed.size() <= maxBytes - AROUND_PUB - MAX_TOPIC_BYTES) return;
        within(AROUND_PUB + Utf8.size(topic.name()) + signed.size());
    }

    void checkDirect(Bytes signed) {
        within((long) AROUND_DIRECT + signed.size());
    }

    private void within(long bytes) {
        if (bytes > maxBytes) {
            throw new LimitExceeded(NAME, maxBytes, bytes, Processed.NO, "with what the hub adds to a message");
        }
    }

    boolean allowsDirect(Bytes signed) {
        return signed.size() <= maxBytes - AROUND_DIRECT;
    }
}
