package io.hawser.session;

import io.hawser.Bytes;
import io.hawser.internal.session.HeldMessage;
import io.hawser.internal.session.LentMessage;
import io.hawser.internal.session.SharedMessage;

/// One whole message, text or binary. Text and its UTF-8 bytes are each made from the other when first asked
/// for.
///
/// Thread: immutable, safe from any.
///
/// Owner: what a handler receives is its own, except in [io.hawser.io.ExecutionMode#EVENT_LOOP]: there a
/// message is lent for the time of the call, so that passing it on costs no copy. Who keeps it longer calls
/// [#keep()], or reads [#bytes()] or [#text()], before the call returns; later these throw
/// [IllegalStateException].
public sealed interface Message permits HeldMessage, LentMessage, SharedMessage {
    static Message text(String text) {
        return HeldMessage.ofText(text);
    }

    /// A text message whose UTF-8 form is at hand.
    ///
    /// Owner: the caller has checked that `utf8` is well-formed.
    static Message text(Bytes utf8) {
        return new HeldMessage(true, utf8);
    }

    static Message binary(Bytes bytes) {
        return new HeldMessage(false, bytes);
    }

    static Message binary(byte... bytes) {
        return binary(Bytes.copyOf(bytes));
    }

    boolean isText();

    /// The payload; for text its UTF-8 form.
    Bytes bytes();

    /// The payload as text.
    ///
    /// @throws io.hawser.ProtocolError with code 4004 if it is binary and not UTF-8
    String text();

    /// The size of the payload in bytes.
    int size();

    /// This message for keeping: itself, unless it is lent.
    Message keep();
}
