package io.hawser.internal.link;

/// For handlers declared for the event loop: each item is handled at once, so nothing is ever kept.
final class InlineInbox extends Inbox {
    InlineInbox(Link link) {
        super(link);
    }

    @Override
    void add(Object item) {
        handle(item);
    }

    @Override
    void dispatch() {}

    @Override
    boolean isFull() {
        return false;
    }
}
