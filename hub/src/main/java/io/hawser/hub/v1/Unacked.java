package io.hawser.hub.v1;

import io.hawser.Bytes;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;

/// The direct messages of one session that its peer has not acknowledged.
///
/// `handedThrough` is up to which of them the present connection took. Over the limits nothing more is taken
/// in.
///
/// Thread: whoever owns it holds a lock.
final class Unacked {
    /// A direct message: what is signed, under its number.
    record Direct(long s, Bytes signed) {}

    static final int MAX_MESSAGES = 256;
    static final long MAX_BYTES = 256 << 10;

    private final ArrayDeque<Direct> kept = new ArrayDeque<>(0);
    private long bytes;
    private long lastS;
    private long handedThrough;

    /// Keeps a message under the next number.
    ///
    /// @return false if there is no room for it; a single message always has it
    boolean add(Bytes signed) {
        boolean isFull = kept.size() == MAX_MESSAGES || (!kept.isEmpty() && bytes + signed.size() > MAX_BYTES);
        if (isFull) return false;
        kept.addLast(new Direct(++lastS, signed));
        bytes += signed.size();
        return true;
    }

    /// The peer has all up to `s`.
    void acknowledged(long s) {
        while (!kept.isEmpty() && kept.getFirst().s() <= s)
            bytes -= kept.removeFirst().signed().size();
    }

    /// A new connection has all up to `s` and nothing else.
    void resumed(long s) {
        acknowledged(s);
        handedThrough = Math.min(s, lastS);
    }

    /// What the connection has not been handed, in order.
    Iterator<Direct> unhanded() {
        return kept.stream().filter(direct -> direct.s() > handedThrough).iterator();
    }

    void handed(long s) {
        handedThrough = s;
    }

    long lastS() {
        return lastS;
    }

    List<Direct> kept() {
        return List.copyOf(kept);
    }

    /// Goes on with what was kept elsewhere.
    void restore(long last, List<Direct> messages) {
        lastS = last;
        for (Direct message : messages) {
            kept.addLast(message);
            bytes += message.signed().size();
        }
    }
}
