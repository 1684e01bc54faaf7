package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
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
    /// Of a map with two pairs.
    private static final byte HEAD = (byte) 0xa2;

    /// Nothing, from nobody.
    private static final Bytes NOTHING =
            new Payload("d", CborWriter.create().nothing().toBytes(), Optional.empty()).signed(new Sender("", ""));

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
        JsonReader in = JsonReader.carryingAny(json, Notation.MAX_VALUE_DEPTH);
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

    /// Whether it is what [#signed] makes: what others have put among the messages of a broker may be anything.
    public static boolean isSigned(Bytes bytes) {
        if (bytes.isEmpty() || bytes.at(0) != HEAD) return false;
        try {
            // In a push the value stands on the third level, and here on the second.
            CborReader in = CborReader.of(bytes, Notation.MAX_VALUE_DEPTH + 1);
            in.enterMap();
            return in.readText().equals("from") && isSender(in) && isRest(in);
        } catch (ProtocolError | LimitExceeded e) {
            return false;
        }
    }

    private static boolean isSender(CborReader in) {
        in.enterMap();
        while (in.hasNext()) {
            String name = in.readText();
            if (!name.equals("sid") && !name.equals("user")) return false;
            var _ = in.readText();
        }
        return true;
    }

    private static boolean isRest(CborReader in) {
        String key = in.readText();
        if (key.equals("b")) {
            var _ = in.readBytes();
        } else {
            if (!key.equals("d")) return false;
            in.skip();
        }
        if (in.hasNext()) return false;
        in.end();
        return true;
    }

    /// The items of a map with two pairs, without its head: what a push adds to what it says itself.
    static Bytes pairs(Bytes signed) {
        Bytes map = orNothing(signed);
        return map.slice(1, map.size());
    }

    /// Takes apart what [#signed] made.
    static CborReader open(Bytes signed) {
        return CborReader.of(orNothing(signed), Notation.MAX_DEPTH);
    }

    /// The marks that a backplane puts into a topic of its own are empty.
    private static Bytes orNothing(Bytes signed) {
        return signed.isEmpty() ? NOTHING : signed;
    }
}
