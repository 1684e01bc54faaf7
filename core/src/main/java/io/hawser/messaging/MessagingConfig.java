package io.hawser.messaging;

import io.hawser.session.SessionConfig;
import java.util.List;
import java.util.Optional;

/// What a messaging server and its clients agree on, and how the server looks after its sessions.
///
/// @param id what the server calls itself in its welcome; default `hawser`
/// @param maxMessageBytes the longest message, received and sent; default 1 MiB
/// @param isBareAllowed whether a peer may send messages without a hello; default true
/// @param session queues and time limits
/// @param pipeline what every message goes through; with one, a hello is needed
/// @param codecs what frames of session mode may be compressed with, best first: a client offers them,
///     a server takes the first of the client's that it has; default none; with a pipeline, none is
///     agreed on
public record MessagingConfig(
        String id,
        int maxMessageBytes,
        boolean isBareAllowed,
        SessionConfig session,
        Optional<Pipeline> pipeline,
        List<Codec> codecs) {
    private static final MessagingConfig DEFAULTS =
            new MessagingConfig("hawser", 1 << 20, true, SessionConfig.defaults(), Optional.empty(), List.of());
    private static final int LARGEST = 1 << 30;

    public MessagingConfig {
        codecs = List.copyOf(codecs);
        if (id.isEmpty() || id.length() > 255) {
            throw new IllegalArgumentException("id of " + id.length() + " characters: from 1 to 255");
        }
        if (maxMessageBytes < 1 || maxMessageBytes > LARGEST) {
            throw new IllegalArgumentException("maxMessageBytes " + maxMessageBytes + ": from 1 to " + LARGEST);
        }
    }

    public static MessagingConfig defaults() {
        return DEFAULTS;
    }

    public MessagingConfig withId(String changed) {
        return new MessagingConfig(changed, maxMessageBytes, isBareAllowed, session, pipeline, codecs);
    }

    public MessagingConfig withMaxMessageBytes(int changed) {
        return new MessagingConfig(id, changed, isBareAllowed, session, pipeline, codecs);
    }

    public MessagingConfig withBareAllowed(boolean changed) {
        return new MessagingConfig(id, maxMessageBytes, changed, session, pipeline, codecs);
    }

    public MessagingConfig withSession(SessionConfig changed) {
        return new MessagingConfig(id, maxMessageBytes, isBareAllowed, changed, pipeline, codecs);
    }

    public MessagingConfig withPipeline(Pipeline changed) {
        return new MessagingConfig(id, maxMessageBytes, isBareAllowed, session, Optional.of(changed), codecs);
    }

    public MessagingConfig withCodecs(Codec... bestFirst) {
        return new MessagingConfig(id, maxMessageBytes, isBareAllowed, session, pipeline, List.of(bestFirst));
    }
}
