package io.hawser.internal.link;

/// Ends a link behind everything that was queued for it.
final class GoodbyeParcel extends Parcel {
    private final Link link;

    GoodbyeParcel(Link link) {
        this.link = link;
    }

    @Override
    void open() {
        link.sayGoodbye();
    }
}
