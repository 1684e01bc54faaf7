package io.hawser.internal.http2;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Whose turn it is to send: streams that have something to send and may, one frame each in turn, as far as
/// the peer's window for the connection goes and the buffers of the connection have room.
///
/// Thread: the event loop. Source: RFC 9113, section 5.2
final class Sending {
    private final Http2Link link;
    private final ArrayDeque<Http2Stream> ready = new ArrayDeque<>();
    private int window = Http2Limits.FIRST_WINDOW_BYTES;
    private boolean isSending;

    Sending(Http2Link link) {
        this.link = link;
    }

    /// How many bytes may be sent on all streams together.
    int window() {
        return window;
    }

    /// @throws io.hawser.ProtocolError if the window becomes larger than any may be
    void grow(int bytes) {
        if ((long) window + bytes > Integer.MAX_VALUE) {
            throw ErrorCode.connection(ErrorCode.FLOW_CONTROL_ERROR, "a window of over 2^31-1", "6.9.1");
        }
        window += bytes;
        send();
    }

    void taken(int bytes) {
        window -= bytes;
    }

    /// `stream` has something to send, and its own window allows it.
    void add(Http2Stream stream) {
        ready.add(stream);
        send();
    }

    /// `stream` has ended.
    void remove(Http2Stream stream) {
        ready.remove(stream);
    }

    /// Sends what may be sent now.
    void send() {
        if (isSending) return;
        isSending = true;
        try {
            for (Http2Stream next = next(); next != null; next = next()) {
                next.sendFrame(window);
                if (next.hasMoreToSend()) ready.add(next);
            }
        } finally {
            isSending = false;
        }
    }

    private @Nullable Http2Stream next() {
        if (ready.isEmpty() || !link.hasRoom()) return null;
        if (window > 0) return ready.poll();
        // The end of a body needs no window.
        for (Http2Stream candidate : ready) {
            if (candidate.hasOnlyItsEnd()) {
                ready.remove(candidate);
                return candidate;
            }
        }
        return null;
    }
}
