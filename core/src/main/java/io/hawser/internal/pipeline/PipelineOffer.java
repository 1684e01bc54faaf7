package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What one side says of its pipeline when a connection opens: the client in its hello, the server in its welcome.
///
/// @param nonce 32 random bytes, new for each connection
record PipelineOffer(List<StageOffer> stages, Bytes nonce) {
    static final byte VERSION = 1;
    static final int NONCE_BYTES = 32;

    static PipelineOffer of(Pipeline pipeline, Bytes nonce) {
        return new PipelineOffer(
                pipeline.agreedStages().stream().map(StageOffer::of).toList(), nonce);
    }

    /// The form that goes into hello and welcome, of String, Long, Bytes, List and Map.
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("v", (long) VERSION);
        map.put("nonce", nonce);
        map.put("stages", stages.stream().map(StageOffer::toMap).toList());
        return map;
    }

    /// Reads what a peer sent, which may be anything.
    static PipelineOffer fromMap(Map<?, ?> map) {
        if (!(map.get("v") instanceof Number version)) throw refused("no version");
        if (version.longValue() != VERSION) {
            throw refused("version " + version.longValue() + " where this side has " + VERSION);
        }
        if (!(map.get("nonce") instanceof Bytes nonce) || nonce.size() != NONCE_BYTES) {
            throw refused("the nonce is not " + NONCE_BYTES + " bytes");
        }
        if (!(map.get("stages") instanceof List<?> list) || list.size() > Pipeline.MAX_STAGES) {
            throw refused("no list of at most " + Pipeline.MAX_STAGES + " stages");
        }
        List<StageOffer> stages = new ArrayList<>();
        for (Object stage : list) stages.add(StageOffer.fromMap(stage));
        return new PipelineOffer(stages, nonce.compact());
    }

    /// Refuses this offer of a peer if it does not fit `own`, naming the first difference.
    void check(Pipeline own) {
        List<Stage> ours = own.agreedStages();
        String ourNames = names(ours.stream().map(Stage::name).toList());
        String theirNames = names(stages.stream().map(StageOffer::name).toList());
        if (!ourNames.equals(theirNames)) {
            throw refused("the peer has " + theirNames + " where this side has " + ourNames);
        }
        for (int i = 0; i < ours.size(); i++) {
            Stage stage = ours.get(i);
            Optional<String> objection = stage.objection(stages.get(i).parameters());
            if (objection.isPresent()) throw refused("stage " + stage.name() + ": " + objection.get());
        }
    }

    private static String names(List<String> stages) {
        return stages.isEmpty() ? "no stages" : stages.stream().collect(Collectors.joining(", "));
    }

    static ProtocolError refused(String reason) {
        return new ProtocolError(4004, "pipeline: " + reason, "docs/PIPELINE.md");
    }
}
