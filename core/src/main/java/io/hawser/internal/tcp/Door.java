package io.hawser.internal.tcp;

import io.hawser.Endpoint;
import io.hawser.TimeSource;
import io.hawser.internal.link.Addresses;
import io.hawser.internal.link.LinkMemory;
import io.hawser.internal.link.ReadQuota;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protection;
import io.hawser.tcp.ShedCause;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Who may come in through one port, and what is counted of those who may not.
///
/// A connection is asked for its address first, so that a flood from one takes no place of others, and then for
/// a place. Behind a trusted proxy the address is known only later: there the order is the other one.
///
/// Thread: safe from any; what is done to a channel, on its event loop.
public final class Door {
    /// Connections that are being told to come back later; more are closed without a word.
    private static final int MAX_REFUSING = 64;

    private final Protection protection;
    private final PortLimits limits;
    private final ShedCounts shed = new ShedCounts();
    private final PortCounts counts = new PortCounts();
    private final AddressTable addresses;
    private final LinkMemory memory;
    private final Seats seats;
    private final Seats reserve;
    private final Set<Channel> refusing = ConcurrentHashMap.newKeySet();

    public Door(ListenConfig listen, TimeSource time) {
        this.protection = listen.protection();
        this.addresses = new AddressTable(protection.perAddress(), time, shed);
        this.limits = new PortLimits(listen);
        this.memory = LinkMemory.of(protection.memory());
        this.seats = new Seats(limits::connections);
        this.reserve = new Seats(protection::reserve);
    }

    /// `channel` was accepted.
    ///
    /// @return false if it is to be closed without a word
    boolean arrives(Channel channel) {
        Visitor visitor = Visitor.on(channel);
        channel.closeFuture().addListener(closed -> {
            visitor.left();
            refusing.remove(channel);
        });
        Endpoint remote = Addresses.remote(channel);
        if (!isProxy(remote) && !admits(visitor, channel, remote)) {
            counts.accepted(false);
            return false;
        }
        if (visitor.refusal() == null) seat(visitor);
        counts.accepted(visitor.refusal() == null);
        return visitor.refusal() == null || hasTimeFor(channel);
    }

    /// A trusted proxy has said for whom it opened `channel`.
    ///
    /// @return false if it is to be closed without a word
    boolean identified(Channel channel, Endpoint source) {
        Visitor visitor = Visitor.of(channel);
        if (visitor == null || visitor.refusal() != null || isProxy(source)) return true;
        boolean isAdmitted = admits(visitor, channel, source);
        if (isAdmitted && visitor.refusal() == null) return true;
        counts.refused();
        return isAdmitted && hasTimeFor(channel);
    }

    private boolean isProxy(Endpoint remote) {
        return protection.proxies().isPresent() && protection.proxies().get().test(remote);
    }

    private boolean hasTimeFor(Channel channel) {
        refusing.add(channel);
        if (refusing.size() <= MAX_REFUSING) return true;
        refusing.remove(channel);
        return false;
    }

    /// @return false if its network is kept out
    private boolean admits(Visitor visitor, Channel channel, Endpoint remote) {
        if (remote.isUnix()) return true;
        if (!protection.admitted().test(remote) || protection.denied().test(remote)) {
            shed.count(ShedCause.NETWORK);
            return false;
        }
        if (protection.exempt().test(remote)) return true;
        AddressAccount account = addresses.enter(address(remote));
        visitor.belongsTo(account);
        channel.attr(ReadQuota.KEY).set(account);
        if (!account.mayArrive()) {
            shed.count(ShedCause.ADDRESS_ARRIVALS);
            visitor.refuse(Refusal.TOO_OFTEN);
            return true;
        }
        Seats.Outcome outcome = visitor.sitInAddress(account);
        if (outcome == Seats.Outcome.ANOTHERS) shed.count(ShedCause.NEWCOMER);
        if (outcome == Seats.Outcome.NONE) {
            shed.count(ShedCause.ADDRESS_CONNECTIONS);
            visitor.refuse(Refusal.FULL);
        }
        return true;
    }

    /// An IP literal resolves without asking anybody.
    private static InetAddress address(Endpoint remote) {
        return remote.resolve().getFirst().getAddress();
    }

    private void seat(Visitor visitor) {
        boolean isShort = memory.isNearlyUsedUp();
        if (isShort) shed.count(ShedCause.MEMORY);
        Seats.Outcome outcome = isShort ? Seats.Outcome.NONE : visitor.sit(seats, false);
        if (outcome == Seats.Outcome.NONE) outcome = visitor.sit(reserve, true);
        if (outcome == Seats.Outcome.ANOTHERS) shed.count(ShedCause.NEWCOMER);
        if (outcome == Seats.Outcome.NONE) {
            if (!isShort) shed.count(ShedCause.FULL);
            visitor.refuse(isShort ? Refusal.NO_MEMORY : Refusal.FULL);
        }
    }

    PortCounts counts() {
        return counts;
    }

    /// How many there may be, which can change.
    PortLimits limits() {
        return limits;
    }

    /// A connection that shows itself to be one for which there is no place: not in the reserve, or no other
    /// of its protocol.
    ///
    /// @return false if it is to be closed without a word
    boolean refuse(Channel channel, Visitor visitor) {
        shed.count(ShedCause.FULL);
        counts.refused();
        visitor.refuse(Refusal.FULL);
        return hasTimeFor(channel);
    }

    /// `channel` has greeted: it shows who it is, and keeps its place.
    public void settled(Channel channel) {
        Visitor visitor = Visitor.of(channel);
        if (visitor != null) visitor.settle();
    }

    /// Somebody was turned away, or cut off.
    public void shed(ShedCause cause) {
        shed.count(cause);
    }

    Map<ShedCause, Long> shed() {
        return shed.sums();
    }

    /// Those that have not greeted, who are not asked to go for others any more.
    List<Channel> takeNewcomers() {
        return Stream.of(seats, reserve)
                .flatMap(each -> each.takeNewcomers().stream())
                .toList();
    }

    void closeRefused() {
        refusing.forEach(Channel::close);
    }

    int connectionCount() {
        return seats.taken() + reserve.taken();
    }
}
