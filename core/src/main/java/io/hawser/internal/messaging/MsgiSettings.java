package io.hawser.internal.messaging;

import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.Pipeline;
import java.util.List;
import java.util.Optional;

/// What all MSGI links of one server or client have in common.
///
/// @param serverId what a server calls itself in its welcome
/// @param framing with the limit on the wire; greetings and requests fit however short messages must be
/// @param greetingFraming the same, with the limit for CONTROL frames before the hello
/// @param compressibleFraming as `framing`, where frames may come compressed
/// @param isBareAllowed whether a peer may go on without a hello
/// @param messages with the limit of one message before any stage
/// @param pipeline what payloads go through, in session mode only
/// @param codecs what frames may be compressed with, best first; none where a pipeline has stages
record MsgiSettings(
        String serverId,
        MsgiFraming framing,
        MsgiFraming greetingFraming,
        MsgiFraming compressibleFraming,
        boolean isBareAllowed,
        MsgiFraming messages,
        Optional<Pipeline> pipeline,
        List<FrameCodec> codecs) {
    private static final int MAX_HELLO_BYTES = 8 << 10;

    static MsgiSettings of(MessagingConfig config) {
        int maxMessageBytes = config.maxMessageBytes();
        Optional<Pipeline> pipeline = config.pipeline();
        int overhead = pipeline.map(Pipeline::overheadBytes).orElse(0);
        MsgiFraming wire = MsgiFraming.of(Math.addExact(maxMessageBytes, overhead));
        MsgiFraming framing = wire.withMaxControlBytes(Math.max(MAX_HELLO_BYTES, maxMessageBytes));
        return new MsgiSettings(
                config.id(),
                framing,
                wire.withMaxControlBytes(MAX_HELLO_BYTES),
                framing.withCompression(),
                config.isBareAllowed() && pipeline.isEmpty(),
                MsgiFraming.of(maxMessageBytes),
                pipeline,
                hasStages(pipeline)
                        ? List.of()
                        : config.codecs().stream().map(FrameCodec::of).toList());
    }

    int maxMessageBytes() {
        return messages.maxPayloadBytes();
    }

    boolean hasStages() {
        return hasStages(pipeline);
    }

    private static boolean hasStages(Optional<Pipeline> pipeline) {
        return pipeline.isPresent() && !pipeline.get().stages().isEmpty();
    }

    /// The first of those that the peer named that this side can use, too.
    Optional<FrameCodec> codec(List<String> bestFirst) {
        return bestFirst.stream()
                .flatMap(name -> codec(name).stream())
                .filter(FrameCodec::isUsable)
                .findFirst();
    }

    /// Of a client, which offers only what it can use.
    MsgiSettings withUsableCodecs() {
        return new MsgiSettings(
                serverId,
                framing,
                greetingFraming,
                compressibleFraming,
                isBareAllowed,
                messages,
                pipeline,
                codecs.stream().filter(FrameCodec::isUsable).toList());
    }

    Optional<FrameCodec> codec(String name) {
        return codecs.stream().filter(codec -> codec.wireName().equals(name)).findFirst();
    }

    int pipelineOverheadBytes() {
        return framing.maxPayloadBytes() - maxMessageBytes();
    }
}
