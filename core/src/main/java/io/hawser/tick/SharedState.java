package io.hawser.tick;

import io.hawser.Bytes;
import io.hawser.internal.tick.StateTable;
import io.hawser.internal.tick.StoredState;

/// Named maps, counters and locks that handlers and tickers share: the same values to all, in one process or in
/// several.
///
/// ```java
/// SharedState shared = SharedState.inProcess();
/// shared.counter("visits").add(1);
/// shared.map("prices", ValueCodec.text()).put("BRN", "83.10");
/// try (HeldLock held = shared.lock("report").acquire()) {
///     writeReport();
/// }
/// ```
///
/// A forked ticker gets one whose every call is answered by its parent's. What is said of a method holds for
/// both.
///
/// Errors: [io.hawser.LimitExceeded] for what goes over [StateLimits], [IllegalArgumentException] for a name
/// or key that is to be written or locked and is empty or has no UTF-8 form, [io.hawser.ProtocolError] for a
/// value that its [ValueCodec] cannot read; in another process than the state's also
/// [io.hawser.ConnectionLost] once the parent has gone, [io.hawser.Rejected] where 4,096 calls wait for
/// answers already, [io.hawser.DeadlineExceeded] at [io.hawser.Deadline#current()] or, but for
/// [SharedLock#acquire()], after 30 seconds without an answer, and [io.hawser.Cancelled] on an interrupt.
///
/// Thread: safe from any. Each call is atomic, and blocks in another process than the state's.
public sealed interface SharedState permits StoredState {
    /// A state in the memory of this process, within [StateLimits#defaults()].
    static SharedState inProcess() {
        return inProcess(StateLimits.defaults());
    }

    /// A state in the memory of this process.
    static SharedState inProcess(StateLimits limits) {
        return StoredState.local(new StateTable(limits));
    }

    /// The map of that name, with values as they are. A map without entries takes no room.
    default SharedMap<Bytes> map(String name) {
        return map(name, ValueCodec.bytes());
    }

    /// The map of that name, with values in the form of `codec`, which all who use the map have to agree on.
    <V> SharedMap<V> map(String name, ValueCodec<V> codec);

    /// The counter of that name; it is 0 until somebody changes it, and takes room only where it is not.
    SharedCounter counter(String name);

    /// The lock of that name; it takes room while it is held.
    SharedLock lock(String name);
}
