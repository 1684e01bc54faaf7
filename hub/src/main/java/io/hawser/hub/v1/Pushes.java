package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.internal.item.ItemWriter;
import io.hawser.internal.session.SharedMessage;
import io.hawser.session.Message;
import java.time.Duration;

/// What the hub says by itself.
///
/// Thread: safe from any.
final class Pushes {
    private final Notation notation;
    private final EncodedOnce<Message> published;

    Pushes(Notation notation) {
        this.notation = notation;
        this.published = new EncodedOnce<>(message -> new SharedMessage(notation.write(out -> pub(message, out))));
    }

    Message pub(TopicMessage message) {
        return published.of(message);
    }

    private static void pub(TopicMessage message, ItemWriter out) {
        Position at = message.position();
        out.map(1).text("pub").map(at.isNone() ? 3 : 5);
        out.text("topic").text(message.topic().name());
        if (!at.isNone()) out.text("o").integer(at.offset()).text("g").text(at.tag());
        pairs(message.payload(), out);
    }

    /// `from` and the payload.
    static void pairs(Bytes signed, ItemWriter out) {
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

    /// A message for every session.
    Message all(Bytes signed) {
        return new SharedMessage(msg(0, signed));
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

    /// What a peer has to sign before it is let in.
    Message challenge(String nonce) {
        return notation.write(
                out -> out.map(1).text("challenge").map(1).text("nonce").text(nonce));
    }

    /// Within which time to come back where the connection is lost.
    Message spread(Duration within) {
        return notation.write(
                out -> out.map(1).text("spread").map(1).text("within").integer(within.toMillis()));
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
