package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.internal.item.ItemWriter;
import io.hawser.session.Message;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// What the hub says by itself. A message of a topic is encoded once for all that get it at about the same time.
///
/// Thread: safe from any.
final class Pushes {
    private record Encoded(TopicMessage source, Message message) {}

    private static final int SLOTS = 64;

    private final Notation notation;
    private final AtomicReferenceArray<@Nullable Encoded> recent = new AtomicReferenceArray<>(SLOTS);

    Pushes(Notation notation) {
        this.notation = notation;
    }

    @SuppressWarnings("ReferenceEquality") // the very same message, which listeners share
    Message pub(TopicMessage message) {
        int slot = (message.topic().hashCode() & Integer.MAX_VALUE) % SLOTS;
        Encoded known = recent.get(slot);
        if (known != null && known.source() == message) return known.message();
        Message encoded = notation.write(out -> pub(message, out));
        recent.set(slot, new Encoded(message, encoded));
        return encoded;
    }

    private void pub(TopicMessage message, ItemWriter out) {
        Position at = message.position();
        out.map(1).text("pub").map(at.isNone() ? 3 : 5);
        out.text("topic").text(message.topic().name());
        if (!at.isNone()) out.text("o").integer(at.offset()).text("g").text(at.tag());
        pairs(message.payload(), out);
    }

    /// `from` and the payload.
    private void pairs(Bytes signed, ItemWriter out) {
        if (out instanceof CborWriter cbor) {
            cbor.encoded(Payload.pairs(signed));
            return;
        }
        CborReader in = Payload.open(signed);
        in.enterMap();
        while (in.hasNext()) {
            out.text(in.readText());
            Trees.copy(in, out);
        }
    }

    /// A direct message; without `s` if it is not one that is kept.
    Message msg(long s, Bytes signed) {
        return notation.write(out -> {
            out.map(1).text("msg").map(s > 0 ? 3 : 2);
            if (s > 0) out.text("s").integer(s);
            pairs(signed, out);
        });
    }

    Message gap(String subscription, long missed) {
        return notation.write(out -> out.map(1)
                .text("gap")
                .map(2)
                .text("topic")
                .text(subscription)
                .text("n")
                .integer(missed));
    }

    Message resync(Topic topic, ResyncReason reason, Position head) {
        return notation.write(out -> {
            out.map(1).text("resync").map(5).text("topic").text(topic.name());
            out.text("reason").text(reason.toString());
            out.text("e")
                    .text(head.epoch())
                    .text("o")
                    .integer(head.offset())
                    .text("g")
                    .text(head.tag());
        });
    }

    Message goaway(int code, Duration retry) {
        return notation.write(out -> out.map(1)
                .text("goaway")
                .map(2)
                .text("code")
                .integer(code)
                .text("retry")
                .integer(retry.toMillis()));
    }
}
