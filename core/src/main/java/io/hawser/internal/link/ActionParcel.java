package io.hawser.internal.link;

/// Anything that is to be done on a loop in its turn.
final class ActionParcel extends Parcel {
    private final Runnable action;

    ActionParcel(Runnable action) {
        this.action = action;
    }

    @Override
    void open() {
        action.run();
    }
}
