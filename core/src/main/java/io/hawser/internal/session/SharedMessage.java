package io.hawser.internal.session;

import io.hawser.Bytes;
import io.hawser.session.Message;
import java.util.concurrent.ConcurrentHashMap;

/// One message on its way to many sessions, encoded once for each of their wire forms: by topics and
/// broadcasts in any form, where one session after another is offered it in those that are compressed.
///
/// Thread: safe from any.
public final class SharedMessage implements Message {
    private final Message message;
    private final ConcurrentHashMap<Object, byte[]> frames = new ConcurrentHashMap<>(4);

    public SharedMessage(Message message) {
        this.message = message.keep();
    }

    /// The frame of that form, made by `session` where it is not there yet.
    public byte[] encodedFor(TopicMember session, Object wireForm) {
        byte[] frame = frames.get(wireForm);
        return frame != null ? frame : frames.computeIfAbsent(wireForm, form -> session.encodeShared(message));
    }

    @Override
    public boolean isText() {
        return message.isText();
    }

    @Override
    public Bytes bytes() {
        return message.bytes();
    }

    @Override
    public String text() {
        return message.text();
    }

    @Override
    public int size() {
        return message.size();
    }

    @Override
    public Message keep() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return message.equals(other);
    }

    @Override
    public int hashCode() {
        return message.hashCode();
    }

    @Override
    public String toString() {
        return message.toString();
    }
}
