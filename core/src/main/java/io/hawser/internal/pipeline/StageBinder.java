package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.messaging.Direction;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Stage;
import io.hawser.messaging.StageContext;
import io.hawser.messaging.Transform;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// What the stages of a connection are bound to.
///
/// @param firstSequence the number of the first message in each direction: 0, but for tests of what comes much later
record StageBinder(
        Role role, Bytes clientNonce, Bytes serverNonce, String connection, int maxPayloadBytes, long firstSequence) {
    private static final byte[] PROTOCOL = "hawser-pipeline".getBytes(StandardCharsets.US_ASCII);

    StageChain sending(Pipeline pipeline) {
        return new StageChain(true, links(pipeline, role.sends(), Stage::sending), firstSequence);
    }

    StageChain receiving(Pipeline pipeline) {
        return new StageChain(
                false, links(pipeline, role.receives(), Stage::receiving).reversed(), firstSequence);
    }

    private List<StageChain.Link> links(
            Pipeline pipeline, Direction direction, BiFunction<Stage, StageContext, Transform> binding) {
        List<StageChain.Link> links = new ArrayList<>();
        try {
            for (StageContext context : contexts(pipeline, direction)) {
                Stage stage = pipeline.stages().get(links.size());
                links.add(new StageChain.Link(stage, context, binding.apply(stage, context)));
            }
            return links;
        } catch (RuntimeException | Error e) {
            links.forEach(link -> link.transform().close());
            throw e;
        }
    }

    private List<StageContext> contexts(Pipeline pipeline, Direction direction) {
        List<StageContext> contexts = new ArrayList<>();
        List<String> agreed = pipeline.agreedStages().stream().map(Stage::name).toList();
        int position = 0;
        int maxPlainBytes = maxPayloadBytes;
        for (Stage stage : pipeline.stages()) {
            Bytes label = stage.isLocal() ? Bytes.EMPTY : label(agreed, position++, direction);
            contexts.add(new StageContext(
                    connection, stage.name(), direction, clientNonce, serverNonce, label, maxPlainBytes));
            maxPlainBytes = Math.addExact(maxPlainBytes, stage.overheadBytes());
        }
        return contexts;
    }

    /// The protocol and its version, the direction, the place of the stage, and all stages, so that no two stages of
    /// a connection share a key and nobody in between can make the two sides bind different pipelines.
    static Bytes label(List<String> agreed, int position, Direction direction) {
        byte[] names = agreed.stream().collect(Collectors.joining(",")).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer label = ByteBuffer.allocate(PROTOCOL.length + 3 + Short.BYTES + names.length);
        label.put(PROTOCOL).put(PipelineOffer.VERSION);
        label.put((byte) (direction == Direction.CLIENT_TO_SERVER ? 0 : 1)).put((byte) position);
        return Bytes.wrap(label.putShort((short) names.length).put(names).array());
    }
}
