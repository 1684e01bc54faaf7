package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.internal.item.ItemReader;
import io.hawser.internal.item.ItemWriter;
import io.hawser.internal.json.JsonReader;
import io.hawser.internal.json.JsonWriter;
import io.hawser.session.Message;
import java.util.function.Consumer;

/// How a peer writes hawser.v1.
public enum Notation {
    /// Maps of CBOR, in binary messages.
    CBOR {
        @Override
        ItemReader reader(Message message) {
            return CborReader.of(message.bytes(), MAX_DEPTH);
        }

        @Override
        Message write(Consumer<ItemWriter> phrase) {
            CborWriter out = CborWriter.create();
            phrase.accept(out);
            return Message.binary(out.toBytes());
        }

        @Override
        Bytes toCbor(ItemReader in) {
            return ((CborReader) in).readEncoded();
        }

        @Override
        void writeCbor(Bytes item, ItemWriter out) {
            ((CborWriter) out).encoded(item);
        }
    },
    /// Objects of JSON, in texts.
    JSON {
        @Override
        ItemReader reader(Message message) {
            return JsonReader.carryingAny(message.text(), MAX_DEPTH);
        }

        @Override
        Message write(Consumer<ItemWriter> phrase) {
            JsonWriter out = JsonWriter.create();
            phrase.accept(out);
            return Message.text(out.toText());
        }

        @Override
        Bytes toCbor(ItemReader in) {
            CborWriter out = CborWriter.create();
            Trees.copy(in, out);
            return out.toBytes();
        }

        @Override
        void writeCbor(Bytes item, ItemWriter out) {
            Trees.copy(CborReader.of(item, MAX_DEPTH), out);
        }
    };

    /// How many lists and maps may be open at once in a message.
    static final int MAX_DEPTH = 32;

    /// The same of the value that a message carries, which stands on its third level.
    static final int MAX_VALUE_DEPTH = MAX_DEPTH - 2;

    private static final int BAD_PAYLOAD = 4004;

    /// Whether its messages are texts.
    boolean isText() {
        return this == JSON;
    }

    /// The error for a message of the other type.
    ProtocolError wrongType() {
        return new ProtocolError(BAD_PAYLOAD, this + " is " + (isText() ? "text" : "binary"), "hawser.v1");
    }

    abstract ItemReader reader(Message message);

    abstract Message write(Consumer<ItemWriter> phrase);

    /// The next item, in CBOR.
    abstract Bytes toCbor(ItemReader in);

    /// An item of CBOR, in this notation.
    abstract void writeCbor(Bytes item, ItemWriter out);
}
