package io.hawser.internal.tcp;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/// One connection at a [Door], from its arrival to its end: the seats that it has, and whose address it is.
///
/// Thread: the event loop of its channel.
public final class Visitor {
    private static final AttributeKey<Visitor> KEY = AttributeKey.valueOf(Visitor.class, "visitor");

    private final Channel channel;
    private @Nullable Seats seats;
    private boolean isInReserve;
    private @Nullable AddressAccount account;
    private boolean hasAddressSeat;
    private @Nullable Refusal refusal;

    private Visitor(Channel channel) {
        this.channel = channel;
    }

    static Visitor on(Channel channel) {
        Visitor visitor = new Visitor(channel);
        channel.attr(KEY).set(visitor);
        return visitor;
    }

    /// Who came through a door on `channel`; null if it did not, as that of a client.
    public static @Nullable Visitor of(Channel channel) {
        return channel.hasAttr(KEY) ? channel.attr(KEY).get() : null;
    }

    /// Whether its place is one of those kept for requests that matter most.
    public boolean isInReserve() {
        return isInReserve;
    }

    /// Takes one of the requests that its address may make.
    public boolean mayRequest() {
        return account == null || account.mayRequest();
    }

    /// Why it is to be told to come back later; null if it is welcome.
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    Seats.Outcome sit(Seats there, boolean reserved) {
        Seats.Outcome outcome = there.take(channel);
        if (outcome == Seats.Outcome.NONE) return outcome;
        seats = there;
        isInReserve = reserved;
        return outcome;
    }

    void belongsTo(AddressAccount address) {
        account = address;
    }

    Seats.Outcome sitInAddress(AddressAccount address) {
        Seats.Outcome outcome = address.seats.take(channel);
        hasAddressSeat = outcome != Seats.Outcome.NONE;
        return outcome;
    }

    /// Gives its seats to others: it will only be told why.
    void refuse(Refusal why) {
        refusal = why;
        stand();
    }

    void settle() {
        if (seats != null) seats.settle(channel);
        if (hasAddressSeat && account != null) account.seats.settle(channel);
    }

    private void stand() {
        if (seats != null) seats.leave(channel);
        seats = null;
        if (hasAddressSeat && account != null) account.seats.leave(channel);
        hasAddressSeat = false;
    }

    void left() {
        stand();
        if (account != null) account.leave();
        account = null;
    }
}
