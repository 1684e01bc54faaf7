package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.HawserException;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.messaging.Stage;
import io.hawser.messaging.StageContext;
import io.hawser.messaging.Transform;
import java.util.List;

/// The transforms of one direction of one connection, in the order in which this side applies them, and the number of
/// the next message. The number counts only whole passes: after a failed one the chain must not be used again.
///
/// Thread: one at a time.
final class StageChain {
    record Link(Stage stage, StageContext context, Transform transform) {}

    private final boolean sending;
    private final List<Link> links;
    private long sequence;

    StageChain(boolean sending, List<Link> links, long firstSequence) {
        this.sending = sending;
        this.links = links;
        this.sequence = firstSequence;
    }

    Bytes apply(int frameType, Bytes payload) {
        if (sequence >= MessageKey.MAX_MESSAGES) {
            throw new LimitExceeded(
                    "pipeline messages in one direction",
                    MessageKey.MAX_MESSAGES,
                    sequence + 1,
                    HawserException.Processed.NO);
        }
        Bytes passed = payload;
        for (Link link : links) {
            Bytes next = apply(link, frameType, passed);
            check(link, passed, next);
            passed = next;
        }
        sequence++;
        return passed;
    }

    private Bytes apply(Link link, int frameType, Bytes payload) {
        try {
            return link.transform.apply(frameType, sequence, payload);
        } catch (HawserException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted in " + described(link), HawserException.Processed.NO, e);
        } catch (Exception e) {
            if (sending) throw new IllegalStateException(described(link) + " failed to send", e);
            ProtocolError refused = link.context.malformed("cannot read the payload");
            refused.addSuppressed(e);
            throw refused;
        }
    }

    @SuppressWarnings("ReferenceEquality") // to compare what they hold would cost as much as some stages do
    private void check(Link link, Bytes before, Bytes after) {
        if (link.stage.isLocal() && after != before) {
            throw new IllegalStateException(described(link) + " is local, and changed a payload");
        }
        if (sending && after.size() - before.size() > link.stage.overheadBytes()) {
            throw new IllegalStateException(described(link) + " added " + (after.size() - before.size())
                    + " bytes where its overheadBytes is " + link.stage.overheadBytes());
        }
        if (!sending && after.size() > link.context.maxPlainBytes()) throw link.context.inflatesOverLimit();
    }

    private static String described(Link link) {
        return "pipeline stage " + link.stage.name();
    }

    void close() {
        links.forEach(link -> link.transform.close());
    }
}
