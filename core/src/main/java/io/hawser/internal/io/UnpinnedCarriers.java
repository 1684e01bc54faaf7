package io.hawser.internal.io;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Lifts the restriction to one core from carriers of virtual threads that inherited it from an event loop.
///
/// The JDK lets carriers end when idle and starts new ones at will, so each virtual thread looks at its carrier first.
/// Where the carrier cannot be told (`java.base/java.lang` is not opened) every virtual thread lifts it anew.
final class UnpinnedCarriers {
    private static final int MAX_KNOWN = 1024;

    /// The ids of carriers that have been seen to; emptied when it is full, which costs a few calls too many.
    private final Set<Long> known = ConcurrentHashMap.newKeySet();

    /// What a virtual thread runs in place of `work`.
    Runnable first(Runnable work) {
        return () -> {
            if (known.add(CarrierAccess.currentCarrier().threadId())) {
                CpuAffinity.unpin();
                if (known.size() > MAX_KNOWN) known.clear();
            }
            work.run();
        };
    }
}
