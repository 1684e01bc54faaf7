package io.hawser.internal.http.events;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Ids of events in the field `Last-Event-ID`: they are UTF-8, and our fields are ISO 8859-1.
///
/// Source: HTML standard, section 9.2.4
final class EventIds {
    private EventIds() {}

    /// Whether a field can hold it: it has no control character but a tab.
    static boolean canBeSent(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) return false;
        }
        return true;
    }

    static String toField(String id) {
        return new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /// The id that `field` holds: as it is, if that is no UTF-8.
    static String ofField(String field) {
        ByteBuffer bytes = ByteBuffer.wrap(field.getBytes(StandardCharsets.ISO_8859_1));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException another) {
            return field;
        }
    }
}
