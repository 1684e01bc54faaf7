package io.hawser.internal.link;

import java.util.concurrent.CountDownLatch;

/// Tells when everything before it has been opened.
final class MarkParcel extends Parcel {
    private final CountDownLatch reached;

    MarkParcel(CountDownLatch reached) {
        this.reached = reached;
    }

    @Override
    void open() {
        reached.countDown();
    }
}
