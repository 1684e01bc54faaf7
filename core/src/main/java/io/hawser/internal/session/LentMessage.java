package io.hawser.internal.session;

import io.hawser.Bytes;
import io.hawser.session.Message;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// A message that still lies where it was read, lent to a handler on the event loop for the time of one call.
///
/// An echo or a relay on the same loop copies it from there into the buffer that goes out; the copy to the
/// heap, which costs more than the rest of the work (allocation streams through the caches), is made only for
/// who asks for the payload or hands the message to another thread.
///
/// Thread: the event loop while it is lent. Once [#keep()] or [#bytes()] was called it is as any message.
public final class LentMessage implements Message {
    private final boolean isText;
    private final int index;
    private final int size;
    private @Nullable ByteBuf source;
    private @Nullable HeldMessage held;

    /// Lends `size` bytes of `source` from `index` on.
    ///
    /// Owner: `source` must not be released or moved before [#end()].
    public LentMessage(boolean isText, ByteBuf source, int index, int size) {
        this.isText = isText;
        this.source = source;
        this.index = index;
        this.size = size;
    }

    /// The call is over.
    public void end() {
        source = null;
    }

    /// Appends the payload to `target`. Thread: the event loop.
    public void writeTo(ByteBuf target) {
        ByteBuf lent = source;
        if (lent == null) target.writeBytes(bytes().asByteBuffer());
        else target.writeBytes(lent, index, size);
    }

    /// The payload as it lies, where it is most of its buffer, so that whoever holds it holds at most twice
    /// of it; else null. Owner: the caller releases it. Thread: the event loop.
    public @Nullable ByteBuf slice() {
        ByteBuf lent = source;
        return lent != null && size >= lent.capacity() / 2 ? lent.retainedSlice(index, size) : null;
    }

    @Override
    public HeldMessage keep() {
        HeldMessage known = held;
        if (known != null) return known;
        ByteBuf lent = source;
        if (lent == null) {
            throw new IllegalStateException(
                    "a message of an EVENT_LOOP handler was used after the call: keep() it there");
        }
        byte[] copy = new byte[size];
        lent.getBytes(index, copy);
        known = new HeldMessage(isText, Bytes.wrap(copy));
        held = known;
        return known;
    }

    @Override
    public boolean isText() {
        return isText;
    }

    @Override
    public Bytes bytes() {
        return keep().bytes();
    }

    @Override
    public String text() {
        return keep().text();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean equals(Object other) {
        return keep().equals(other);
    }

    @Override
    public int hashCode() {
        return keep().hashCode();
    }

    @Override
    public String toString() {
        return (isText ? "text of " : "binary of ") + size + " bytes";
    }
}
