package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.internal.item.ItemKind;
import io.hawser.internal.item.ItemReader;
import io.hawser.internal.json.JsonReader;
import io.hawser.session.Message;
import java.util.Optional;

/// What one session sends to others: any value under `d`, or bytes under `b`.
///
/// @param key `d` or `b`
/// @param item the value in CBOR
/// @param bare the form for a peer that knows no protocol, which only text and bytes have
public record Payload(String key, Bytes item, Optional<Message> bare) {
    /// A text.
    public static Payload text(String text) {
        return new Payload("d", CborWriter.create().text(text).toBytes(), Optional.of(Message.text(text)));
    }

    /// Bytes.
    public static Payload bytes(Bytes bytes) {
        return new Payload("b", CborWriter.create().bytes(bytes).toBytes(), Optional.of(Message.binary(bytes)));
    }

    /// A value.
    ///
    /// @throws io.hawser.ProtocolError if it is no JSON
    /// @throws io.hawser.LimitExceeded if it is nested too deeply
    public static Payload json(Bytes json) {
        JsonReader in = JsonReader.of(json, Notation.MAX_VALUE_DEPTH);
        Payload value = readValue(Notation.JSON, in);
        in.end();
        return value;
    }

    static Payload readValue(Notation notation, ItemReader in) {
        if (in.peek() == ItemKind.TEXT) return text(in.readText());
        return new Payload("d", notation.toCbor(in), Optional.empty());
    }

    /// As it is published: with who published it.
    public Bytes signed(Sender from) {
        CborWriter out = CborWriter.create().map(2).text("from");
        from.write(out);
        return out.text(key).encoded(item).toBytes();
    }

    /// What [#signed] was made of.
    ///
    /// @throws io.hawser.ProtocolError if it was not
    static Payload of(Bytes signed) {
        CborReader in = open(signed);
        in.enterMap();
        var _ = in.readText();
        var _ = in.readEncoded();
        return in.readText().equals("b") ? bytes(in.readBytes()) : readValue(Notation.CBOR, in);
    }

    /// The items of a map with two pairs, without its head: what a push adds to what it says itself.
    static Bytes pairs(Bytes signed) {
        return signed.slice(1, signed.size());
    }

    /// Takes apart what [#signed] made.
    static CborReader open(Bytes signed) {
        return CborReader.of(signed, Notation.MAX_DEPTH);
    }
}
