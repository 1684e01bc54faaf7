package io.hawser.internal.tcp;

import io.hawser.TimeSource;
import io.hawser.tcp.AddressLimits;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The accounts of addresses: of all that are here, which are bounded by the connections, and of so many that
/// have left, until they are as new or the bound is reached.
///
/// Thread: safe from any, by its monitor.
final class AddressTable {
    private final AddressLimits limits;
    private final TimeSource time;
    private final ShedCounts shed;
    private final Map<Long, AddressAccount> present = new HashMap<>();
    private final LinkedHashMap<Long, AddressAccount> departed = new LinkedHashMap<>();

    AddressTable(AddressLimits limits, TimeSource time, ShedCounts shed) {
        this.limits = limits;
        this.time = time;
        this.shed = shed;
    }

    TimeSource time() {
        return time;
    }

    ShedCounts shed() {
        return shed;
    }

    /// The account of `address` for one more visit, which ends with [#leave].
    synchronized AddressAccount enter(InetAddress address) {
        long key = key(address);
        AddressAccount account = present.get(key);
        if (account == null) {
            account = departed.remove(key);
            if (account == null) account = new AddressAccount(key, this, limits, time.nanoTime());
            present.put(key, account);
        }
        account.visits++;
        return account;
    }

    synchronized void leave(AddressAccount account) {
        if (--account.visits > 0) return;
        present.remove(account.key);
        forgetWhoIsAsNew();
        if (account.isAsNew()) return;
        departed.putLast(account.key, account);
        if (departed.size() > limits.maxRemembered()) departed.pollFirstEntry();
    }

    /// Those that left first are as new first, as a rule: two for each that leaves, so what is kept shrinks.
    private void forgetWhoIsAsNew() {
        for (int i = 0; i < 2; i++) {
            Map.Entry<Long, AddressAccount> eldest = departed.firstEntry();
            if (eldest == null || !eldest.getValue().isAsNew()) return;
            departed.pollFirstEntry();
        }
    }

    synchronized int size() {
        return present.size() + departed.size();
    }

    /// An IPv4 address is below what IPv6 uses for multicast, and a sender's address is never one of that.
    private static long key(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address
                ? 0xffff_0000_0000_0000L | (bytes.getInt() & 0xffff_ffffL)
                : bytes.getLong();
    }
}
