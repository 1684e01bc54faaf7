package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.HawserException;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.SessionClosed;
import io.hawser.messaging.Pipeline;
import org.jspecify.annotations.Nullable;

/// A [Pipeline] at work on one connection.
///
/// The two directions share only `end`: why the binding is over, set once. Each direction has its own number of the
/// next message, which encryption makes its nonce from, so no two messages may have the same: the lock of the
/// direction sees to that even where a caller breaks the rule below, and a pass that failed halfway ends the binding,
/// because its number may have been used.
///
/// Thread: one thread at a time sends and one at a time receives, both concurrently; what one direction returns must
/// go on the wire, or come from it, in the order of the calls. Closing is safe from any.
public final class BoundPipeline implements AutoCloseable {
    private static final int LAST_FRAME_TYPE = 0x7FFF;
    private static final int OVER_THE_LIMIT = 4002;

    private final int maxPayloadBytes;
    private final int maxWireBytes;
    private final StageChain sending;
    private final StageChain receiving;
    private volatile @Nullable SessionClosed end;
    private boolean closed;

    BoundPipeline(Pipeline pipeline, StageBinder binder) {
        maxPayloadBytes = binder.maxPayloadBytes();
        maxWireBytes = Math.addExact(maxPayloadBytes, pipeline.overheadBytes());
        sending = binder.sending(pipeline);
        try {
            receiving = binder.receiving(pipeline);
        } catch (RuntimeException | Error e) {
            sending.close();
            throw e;
        }
    }

    /// The largest payload that [#outbound(int, Bytes)] returns and [#inbound(int, Bytes)] takes.
    public int maxWireBytes() {
        return maxWireBytes;
    }

    /// Transforms a payload to be sent next.
    ///
    /// Errors: [LimitExceeded] for a payload over the limit, which changes nothing. After any other exception the
    /// binding is over: the connection must be closed.
    ///
    /// @param frameType the type of the frame, without bit 15
    public Bytes outbound(int frameType, Bytes payload) {
        checkFrameType(frameType);
        synchronized (sending) {
            checkOpen();
            if (payload.size() > maxPayloadBytes) {
                throw new LimitExceeded("message size", maxPayloadBytes, payload.size(), HawserException.Processed.NO);
            }
            return apply(sending, frameType, payload);
        }
    }

    /// Undoes what the peer did to the payload that was received next.
    ///
    /// Errors: [ProtocolError] with the code to answer. After any exception the binding is over.
    ///
    /// @param frameType the type of the frame, without bit 15
    public Bytes inbound(int frameType, Bytes payload) {
        checkFrameType(frameType);
        synchronized (receiving) {
            checkOpen();
            if (payload.size() > maxWireBytes) {
                ProtocolError tooLong = new ProtocolError(
                        OVER_THE_LIMIT,
                        "pipeline: a payload of " + payload.size() + " bytes where at most " + maxWireBytes
                                + " are allowed",
                        "docs/PIPELINE.md");
                over(tooLong);
                throw tooLong;
            }
            return apply(receiving, frameType, payload);
        }
    }

    /// Ends the binding and releases what its stages hold, after the calls that are under way.
    @Override
    public void close() {
        if (end == null) end = new SessionClosed(0, "the pipeline is closed", HawserException.Processed.NO);
        synchronized (sending) {
            if (closed) return;
            closed = true;
            sending.close();
        }
        synchronized (receiving) {
            receiving.close();
        }
    }

    private Bytes apply(StageChain chain, int frameType, Bytes payload) {
        try {
            return chain.apply(frameType, payload);
        } catch (RuntimeException | Error e) {
            over(e);
            throw e;
        }
    }

    private void over(Throwable failure) {
        int code = failure instanceof ProtocolError error ? error.code() : 0;
        end = new SessionClosed(
                code, "the pipeline failed before: " + failure.getMessage(), HawserException.Processed.NO);
    }

    private void checkOpen() {
        SessionClosed why = end;
        if (why != null) throw new SessionClosed(why.code(), why.reason(), HawserException.Processed.NO);
    }

    private static void checkFrameType(int frameType) {
        if (frameType < 0 || frameType > LAST_FRAME_TYPE) {
            throw new IllegalArgumentException("frameType: " + frameType + " is not 0 to 0x7FFF");
        }
    }
}
