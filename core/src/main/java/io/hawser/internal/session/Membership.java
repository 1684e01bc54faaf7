package io.hawser.internal.session;

/// The place of a session among the [Members] of a pattern.
final class Membership {
    private final Members members;
    final Subscriber subscriber;
    int at;

    Membership(Members members, Subscriber subscriber, int at) {
        this.members = members;
        this.subscriber = subscriber;
        this.at = at;
    }

    Members members() {
        return members;
    }
}
