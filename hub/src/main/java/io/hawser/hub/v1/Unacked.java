package io.hawser.hub.v1;

import io.hawser.Bytes;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

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

    /// The peer says that it has all up to `s`, which is passed over if that is more than it was handed.
    void acknowledged(long s) {
        if (s <= handedThrough) forget(s);
    }

    /// A new connection has all up to `s` and nothing else.
    void resumed(long s) {
        forget(s);
        handedThrough = Math.min(s, lastS);
    }

    private void forget(long s) {
        while (!kept.isEmpty() && kept.getFirst().s() <= s)
            bytes -= kept.removeFirst().signed().size();
    }

    /// The first that the connection has not been handed.
    Optional<Direct> next() {
        if (handedThrough >= lastS) return Optional.empty();
        return kept.stream().filter(direct -> direct.s() > handedThrough).findFirst();
    }

    /// It cannot be handed to any connection: its number is left out.
    void drop(Direct direct) {
        if (kept.remove(direct)) bytes -= direct.signed().size();
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
