package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.messaging.Pipeline;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/// How the two sides of one connection agree on a pipeline: each sends its [#offer()] (the client with hello, the
/// server with welcome) and binds to the other's.
///
/// The server binds before it reads the first DATA frame, the client before it sends one. Thread: one at a time.
public final class PipelineHandshake {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Pipeline own;
    private final Role role;
    private final Bytes nonce;
    private final boolean agreesOnStages;

    PipelineHandshake(Pipeline own, Role role, Bytes nonce) {
        this.own = own;
        this.role = role;
        this.nonce = nonce;
        agreesOnStages = !own.agreedStages().isEmpty();
    }

    /// Begins for a new connection, with a fresh nonce. Never use one for two connections.
    public static PipelineHandshake of(Pipeline own, Role role) {
        byte[] nonce = new byte[PipelineOffer.NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return new PipelineHandshake(own, role, Bytes.wrap(nonce));
    }

    /// What to send under `pipeline`, of String, Long, Bytes, List and Map; nothing if there is nothing to agree on.
    public Optional<Map<String, Object>> offer() {
        return agreesOnStages ? Optional.of(PipelineOffer.of(own, nonce).toMap()) : Optional.empty();
    }

    /// Binds the pipeline to the connection.
    ///
    /// @param theirs what the peer sent under `pipeline`, if anything
    /// @param connection what the connection is called in logs
    /// @param maxPayloadBytes the message limit: of what is sent before, and of what is received after all stages
    /// @throws ProtocolError with code 4004 if the peer's pipeline is another one, naming the difference
    public BoundPipeline bind(Optional<? extends Map<?, ?>> theirs, String connection, int maxPayloadBytes) {
        return bind(theirs, connection, maxPayloadBytes, 0);
    }

    BoundPipeline bind(
            Optional<? extends Map<?, ?>> theirs, String connection, int maxPayloadBytes, long firstSequence) {
        PipelineOffer peer =
                theirs.isPresent() ? PipelineOffer.fromMap(theirs.get()) : PipelineOffer.of(Pipeline.of(), Bytes.EMPTY);
        peer.check(own);
        boolean client = role == Role.CLIENT;
        Bytes ours = agreesOnStages ? nonce : Bytes.EMPTY;
        Bytes other = agreesOnStages ? peer.nonce() : Bytes.EMPTY;
        StageBinder binder = new StageBinder(
                role, client ? ours : other, client ? other : ours, connection, maxPayloadBytes, firstSequence);
        return new BoundPipeline(own, binder);
    }
}
