package io.hawser;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;

/// The order in which to try the addresses of a host that has both families.
final class Families {
    private Families() {}

    /// The addresses without repetitions, the families taking turns from that of the first one on.
    static List<InetAddress> interleaved(List<InetAddress> addresses) {
        Deque<InetAddress> turn = new ArrayDeque<>();
        Deque<InetAddress> next = new ArrayDeque<>();
        boolean firstIsIpv4 = addresses.getFirst() instanceof Inet4Address;
        for (InetAddress address : new LinkedHashSet<>(addresses)) {
            (address instanceof Inet4Address == firstIsIpv4 ? turn : next).add(address);
        }
        List<InetAddress> ordered = new ArrayList<>();
        while (!turn.isEmpty()) {
            ordered.add(turn.remove());
            if (next.isEmpty()) continue;
            Deque<InetAddress> other = next;
            next = turn;
            turn = other;
        }
        return List.copyOf(ordered);
    }
}
