package io.hawser.internal.link;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/// One side of one link, which holds a part of a [HeapShare] now and then.
///
/// Thread: the event loop.
abstract class HeapHolder {
    final Link link;

    /// Its place among the holders of its loop; below zero while it holds nothing.
    int placeAmongHolders = -1;

    /// As much as its share knows of.
    long knownBytes;

    HeapHolder(Link link) {
        this.link = link;
    }

    /// Of what it holds a part; null for the links of clients.
    abstract @Nullable HeapShare share();

    /// What it holds now.
    abstract long heldBytes();

    /// Gives all of it up, because it holds the most and others need room.
    abstract void giveUp();

    final EventLoop loop() {
        return link.channel.eventLoop();
    }

    /// Tells the share what is held now.
    final void account() {
        long bytes = link.isClosed() ? 0 : heldBytes();
        if (bytes == knownBytes) return;
        HeapShare share = share();
        if (share != null) share.hold(this, bytes);
    }
}
