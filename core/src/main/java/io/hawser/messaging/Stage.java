package io.hawser.messaging;

import java.util.Map;
import java.util.Optional;

/// One step of a [Pipeline]: it changes payloads before they are sent, and changes them back where they arrive.
///
/// ```java
/// record Rot13() implements Stage {
///     public String name() { return "rot13"; }
///     public Transform sending(StageContext context) { return (type, sequence, payload) -> rotate(payload); }
///     public Transform receiving(StageContext context) { return (type, sequence, payload) -> rotate(payload); }
/// }
/// ```
///
/// Thread: one stage serves many connections at once, so its own methods are safe from any thread; each
/// [Transform] belongs to one direction of one connection, and both run on the event loop of that. None of
/// them waits.
public interface Stage {
    /// The name by which both sides know the stage.
    ///
    /// Shape: 1 to 32 characters of `a` to `z`, `0` to `9`, `.`, `_` and `-`.
    String name();

    /// What the peer is told of this stage when the connection opens.
    ///
    /// Shape: at most 16 entries; a key is like a name, a value has at most 255 characters.
    default Map<String, String> parameters() {
        return Map.of();
    }

    /// Why this stage cannot work with the peer's, whose [#parameters()] are `offered`; empty if it can.
    default Optional<String> objection(Map<String, String> offered) {
        return offered.equals(parameters()) ? Optional.empty() : Optional.of("its parameters differ");
    }

    /// By how many bytes sending makes a payload longer at the most.
    default int overheadBytes() {
        return 0;
    }

    /// Whether the stage only looks on: it returns every payload as it got it, and the peer need not have it.
    default boolean isLocal() {
        return false;
    }

    /// The transform for what this side of the connection sends.
    Transform sending(StageContext context);

    /// The transform for what this side of the connection receives, which undoes the peer's
    /// [#sending(StageContext)].
    Transform receiving(StageContext context);
}
