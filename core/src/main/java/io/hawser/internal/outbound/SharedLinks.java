package io.hawser.internal.outbound;

import io.hawser.ConnectFailed;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.internal.http2.ClientSlot;
import io.hawser.internal.http2.Http2ClientLink;
import io.hawser.session.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The connections of one client that make many calls at once, by origin. A pool asks here for room before it
/// connects, so its first callers share the one connection that its first one opened.
///
/// Thread: safe from any.
final class SharedLinks {
    // Guarded by this:
    private final Map<OriginServer, List<Http2ClientLink>> byOrigin = new HashMap<>();

    /// Room for a call on a connection that is there, null if there is none.
    synchronized @Nullable ClientConnection room(OriginServer origin) {
        List<Http2ClientLink> links = byOrigin.get(origin);
        if (links == null) return null;
        links.removeIf(link -> !link.isUsable());
        if (links.isEmpty()) byOrigin.remove(origin);
        for (Http2ClientLink link : links) {
            ClientSlot slot = link.trySlot();
            if (slot != null) return slot;
        }
        return null;
    }

    /// Takes a new connection in, once its server has said what it allows.
    ///
    /// @return room on it
    ClientConnection add(OriginServer origin, Http2ClientLink link, Duration atMost) throws InterruptedException {
        boolean isSettled = false;
        try {
            isSettled = link.awaitSettings(atMost.toNanos());
        } finally {
            if (!isSettled) link.abortWith(CloseReason.NORMAL);
        }
        if (!isSettled) throw new DeadlineExceeded("the settings of HTTP/2 of " + origin, Processed.NO);
        ClientSlot slot = link.trySlot();
        if (slot == null) {
            link.abortWith(CloseReason.NORMAL);
            throw new ConnectFailed(
                    origin + " allows no call on a new connection",
                    link.failure().orElse(null));
        }
        synchronized (this) {
            byOrigin.computeIfAbsent(origin, same -> new ArrayList<>()).add(link);
        }
        return slot;
    }
}
