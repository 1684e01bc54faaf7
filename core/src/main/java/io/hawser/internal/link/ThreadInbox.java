package io.hawser.internal.link;

/// For handlers that may block: a virtual thread while there is something to handle, none while there is not.
final class ThreadInbox extends QueuedInbox implements Runnable {
    ThreadInbox(Link link) {
        super(link);
    }

    @Override
    void firstPublished() {
        link.group.dispatcher().start(link.channel.eventLoop(), this);
    }

    @Override
    public void run() {
        int published = unhandled();
        while (published > 0) {
            for (int i = 0; i < published; i++) handle(take());
            published = handled(published);
        }
    }
}
