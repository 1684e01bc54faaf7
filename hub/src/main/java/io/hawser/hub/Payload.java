package io.hawser.hub;

import io.hawser.Bytes;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.internal.item.ItemKind;
import io.hawser.session.Message;
import java.util.Optional;

/// What one session sends to others: any value under `d`, or bytes under `b`.
///
/// @param key `d` or `b`
/// @param item the value in CBOR
/// @param bare the form for a peer that knows no CBOR, which only text and bytes have
record Payload(String key, Bytes item, Optional<Message> bare) {
    static Payload text(String text) {
        return new Payload("d", CborWriter.create().text(text).toBytes(), Optional.of(Message.text(text)));
    }

    static Payload readValue(CborReader in) {
        if (in.peek() == ItemKind.TEXT) return text(in.readText());
        return new Payload("d", in.readEncoded(), Optional.empty());
    }

    static Payload readBytes(CborReader in) {
        Bytes bytes = in.readBytes();
        return new Payload("b", CborWriter.create().bytes(bytes).toBytes(), Optional.of(Message.binary(bytes)));
    }
}
