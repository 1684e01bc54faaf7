package io.hawser.internal.messaging;

import io.hawser.messaging.Pipeline;
import java.util.Optional;

/// What all MSGI links of one server or client have in common.
///
/// @param serverId what a server calls itself in its welcome
/// @param framing with the limit on the wire
/// @param greetingFraming the same, with the limit for CONTROL frames before the hello
/// @param isBareAllowed whether a peer may go on without a hello
/// @param pipeline what payloads go through, in session mode only
record MsgiSettings(
        String serverId,
        MsgiFraming framing,
        MsgiFraming greetingFraming,
        boolean isBareAllowed,
        int maxMessageBytes,
        Optional<Pipeline> pipeline) {
    private static final int MAX_HELLO_BYTES = 8 << 10;

    static MsgiSettings of(String serverId, int maxMessageBytes, boolean isBareAllowed, Optional<Pipeline> pipeline) {
        int overhead = pipeline.map(Pipeline::overheadBytes).orElse(0);
        MsgiFraming framing = MsgiFraming.of(Math.addExact(maxMessageBytes, overhead));
        return new MsgiSettings(
                serverId,
                framing,
                framing.withMaxControlBytes(Math.min(MAX_HELLO_BYTES, maxMessageBytes)),
                isBareAllowed && pipeline.isEmpty(),
                maxMessageBytes,
                pipeline);
    }

    boolean hasStages() {
        return pipeline.isPresent() && !pipeline.get().stages().isEmpty();
    }

    int pipelineOverheadBytes() {
        return framing.maxPayloadBytes() - maxMessageBytes;
    }
}
