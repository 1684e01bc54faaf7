package io.hawser.messaging;

import io.hawser.internal.pipeline.StageOffer;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What happens to the payload of every message on its way: compression, encryption, signing, or stages of
/// one's own.
///
/// ```java
/// KeyRing keys = KeyRing.of("2026-11", secret);
/// Pipeline pipeline = Pipeline.of(Compression.deflate(), Encryption.aes256Gcm(keys));
/// ```
///
/// Client and server have the same stages in the same order: sending applies them from the first to the last,
/// receiving undoes them from the last to the first. A peer with other stages is refused when it connects.
/// Compression comes before encryption, as what is encrypted does not get smaller.
///
/// One pipeline serves any number of connections. Thread: immutable, safe from any (its [KeyRing]s are live).
public final class Pipeline {
    /// The most stages that a pipeline may have.
    public static final int MAX_STAGES = 16;

    private final List<Stage> stages;

    private Pipeline(List<Stage> stages) {
        this.stages = stages;
    }

    /// A pipeline of `stages`, in the order in which sending applies them.
    ///
    /// @throws IllegalArgumentException if there are more than 16, or one has a name that does not fit
    public static Pipeline of(Stage... stages) {
        if (stages.length > MAX_STAGES) {
            throw new IllegalArgumentException("stages: " + stages.length + " where at most " + MAX_STAGES + " fit");
        }
        for (Stage stage : stages) {
            if (!StageOffer.isName(stage.name())) {
                throw new IllegalArgumentException(
                        "name of a stage: \"" + stage.name() + "\" is not 1 to 32 of a-z, 0-9, '.', '_', '-'");
            }
            if (stage.overheadBytes() < 0) {
                throw new IllegalArgumentException(
                        "overheadBytes of " + stage.name() + ": " + stage.overheadBytes() + " is below 0");
            }
        }
        return new Pipeline(List.of(stages));
    }

    /// The stages, in the order in which sending applies them.
    public List<Stage> stages() {
        return stages;
    }

    /// The stages that the peer must have too: all but the local ones.
    public List<Stage> agreedStages() {
        return stages.stream().filter(Predicate.not(Stage::isLocal)).toList();
    }

    /// By how many bytes all stages together make a payload longer at the most.
    public int overheadBytes() {
        return stages.stream().mapToInt(Stage::overheadBytes).reduce(0, Math::addExact);
    }

    @Override
    public String toString() {
        return stages.stream().map(Stage::name).collect(Collectors.joining(", ", "Pipeline[", "]"));
    }
}
