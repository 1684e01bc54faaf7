package io.hawser.internal.session;

import io.hawser.session.Message;
import java.util.concurrent.ConcurrentHashMap;

/// One message on its way to many sessions, encoded once for each of their wire forms.
///
/// Thread: safe from any.
final class SharedMessage {
    private final Message message;
    private final ConcurrentHashMap<Object, byte[]> frames = new ConcurrentHashMap<>(4);

    SharedMessage(Message message) {
        this.message = message;
    }

    Message message() {
        return message;
    }

    byte[] encodedFor(SessionLink session, Object wireForm) {
        byte[] frame = frames.get(wireForm);
        return frame != null ? frame : frames.computeIfAbsent(wireForm, form -> session.encodeShared(message));
    }
}
