package io.hawser.internal.tcp;

import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.link.LinkMemory;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.io.ConnectionLimits;
import io.hawser.session.CloseReason;
import io.hawser.tcp.ProtocolStats;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Links on one port that took their connections over from the protocol that these began with, as WebSocket
/// does from HTTP. Who takes one over finds here the group to put it in, and the port drains them with its
/// own.
///
/// Thread: safe from any.
public final class Guests {
    /// What figures call them: there is no other upgrade.
    static final String PROTOCOL = "websocket";

    static final AttributeKey<Guests> KEY = AttributeKey.valueOf("hawser.guests");

    private final NettyIoThreads threads;
    private final LinkMemory memory;
    private final ConcurrentHashMap<Object, LinkGroup> groups = new ConcurrentHashMap<>();
    private volatile @Nullable CloseReason draining;
    /// Of the sessions, null while each group has its own.
    private volatile @Nullable ConnectionLimits limits;
    /// As a rule there is one, and to compare keys is much less than to hash a configuration.
    private volatile @Nullable Known last;

    private record Known(Object key, LinkGroup group) {}

    Guests(NettyIoThreads threads, LinkMemory memory) {
        this.threads = threads;
        this.memory = memory;
    }

    /// Those of the port that accepted `channel`.
    public static Guests of(Channel channel) {
        for (Channel each = channel; each != null; each = each.parent()) {
            Guests guests = each.attr(KEY).get();
            if (guests != null) return guests;
        }
        throw new IllegalStateException(channel + " was not accepted by a port of Hawser");
    }

    /// The group of that key, made where there is none.
    ///
    /// @param key equal keys make groups of one class
    @SuppressWarnings("unchecked") // as the key promises
    public <G extends LinkGroup> G group(Object key, Function<NettyIoThreads, G> make) {
        Known before = last;
        if (before != null && before.key().equals(key)) return (G) before.group();
        LinkGroup known = groups.get(key);
        if (known == null) {
            known = groups.computeIfAbsent(key, absent -> make.apply(threads));
            known.memory(memory);
            ConnectionLimits changed = limits;
            if (changed != null) limits(known, changed);
            CloseReason reason = draining;
            if (reason != null) known.beginDrain(reason);
        }
        last = new Known(key, known);
        return (G) known;
    }

    int live() {
        int count = 0;
        for (LinkGroup group : groups.values()) count += group.live();
        return count;
    }

    ProtocolStats stats() {
        return StatsSum.of(
                PROTOCOL,
                groups.values().stream().map(group -> group.stats(PROTOCOL)).toList());
    }

    Collection<LinkGroup> groups() {
        return Collections.unmodifiableCollection(groups.values());
    }

    /// Bounds the sessions by `changed` from now on, also in groups that are made later.
    void sessionLimits(ConnectionLimits changed) {
        limits = changed;
        for (LinkGroup group : groups.values()) limits(group, changed);
    }

    private static void limits(LinkGroup group, ConnectionLimits changed) {
        if (group instanceof SessionRegistry) group.limits(changed);
    }

    void beginDrain(CloseReason reason) {
        draining = reason;
        for (LinkGroup group : groups.values()) group.beginDrain(reason);
    }
}
