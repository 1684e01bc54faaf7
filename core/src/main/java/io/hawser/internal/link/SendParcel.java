package io.hawser.internal.link;

import org.jspecify.annotations.Nullable;

/// One message for one link.
final class SendParcel extends Parcel {
    private final Link link;
    private final int size;
    private @Nullable Object item;

    SendParcel(Link link, Object item, int size) {
        this.link = link;
        this.item = item;
        this.size = size;
    }

    @Override
    void open() {
        Object sent = item;
        item = null; // the outbox keeps its last parcel
        if (sent != null) link.open(sent, size);
    }
}
