package io.hawser.internal.session;

import io.hawser.session.Message;
import java.util.concurrent.ConcurrentHashMap;

/// One message on its way to many sessions, encoded once for each of their wire forms.
///
/// Thread: safe from any.
public final class SharedMessage {
    private final Message message;
    private final ConcurrentHashMap<Object, byte[]> frames = new ConcurrentHashMap<>(4);

    SharedMessage(Message message) {
        this.message = message;
    }

    public Message message() {
        return message;
    }

    /// The frame of that form, made by `session` where it is not there yet.
    public byte[] encodedFor(TopicMember session, Object wireForm) {
        byte[] frame = frames.get(wireForm);
        return frame != null ? frame : frames.computeIfAbsent(wireForm, form -> session.encodeShared(message));
    }
}
