package io.hawser.internal.messaging;

import io.hawser.messaging.Pipeline;
import java.util.Optional;

/// What all MSGI links of one server or client have in common.
///
/// @param serverId what a server calls itself in its welcome
/// @param framing with the limit on the wire; greetings and requests fit however short messages must be
/// @param greetingFraming the same, with the limit for CONTROL frames before the hello
/// @param isBareAllowed whether a peer may go on without a hello
/// @param messages with the limit of one message before any stage
/// @param pipeline what payloads go through, in session mode only
record MsgiSettings(
        String serverId,
        MsgiFraming framing,
        MsgiFraming greetingFraming,
        boolean isBareAllowed,
        MsgiFraming messages,
        Optional<Pipeline> pipeline) {
    private static final int MAX_HELLO_BYTES = 8 << 10;

    static MsgiSettings of(String serverId, int maxMessageBytes, boolean isBareAllowed, Optional<Pipeline> pipeline) {
        int overhead = pipeline.map(Pipeline::overheadBytes).orElse(0);
        MsgiFraming framing = MsgiFraming.of(Math.addExact(maxMessageBytes, overhead));
        return new MsgiSettings(
                serverId,
                framing.withMaxControlBytes(Math.max(MAX_HELLO_BYTES, maxMessageBytes)),
                framing.withMaxControlBytes(MAX_HELLO_BYTES),
                isBareAllowed && pipeline.isEmpty(),
                MsgiFraming.of(maxMessageBytes),
                pipeline);
    }

    int maxMessageBytes() {
        return messages.maxPayloadBytes();
    }

    boolean hasStages() {
        return pipeline.isPresent() && !pipeline.get().stages().isEmpty();
    }

    int pipelineOverheadBytes() {
        return framing.maxPayloadBytes() - maxMessageBytes();
    }
}
