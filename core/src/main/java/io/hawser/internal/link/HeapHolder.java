package io.hawser.internal.link;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/// What holds a part of a [HeapShare] now and then: one side of one link.
///
/// Thread: the event loop.
abstract class HeapHolder {
    /// Its place among the holders of its loop; below zero while it holds nothing.
    int placeAmongHolders = -1;

    /// As much as its share knows of.
    long knownBytes;

    /// The one that it belongs to.
    abstract EventLoop loop();

    /// Whether its link has closed, so that it holds nothing.
    abstract boolean isGone();

    /// Of what it holds a part; null for the links of clients.
    abstract @Nullable HeapShare share();

    /// What it holds now.
    abstract long heldBytes();

    /// Gives all of it up, because it holds the most and others need room.
    abstract void giveUp();

    /// Tells the share what is held now.
    final void account() {
        long bytes = isGone() ? 0 : heldBytes();
        if (bytes == knownBytes) return;
        HeapShare share = share();
        if (share != null) share.hold(this, bytes);
    }
}
