package io.hawser.internal.http2;

import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Whose turn it is to send: streams that have something to send and may, one frame each in turn, as far as
/// the peer's window for the connection goes and the buffers of the connection have room.
///
/// Thread: the event loop. Source: RFC 9113, section 5.2
final class SendTurns {
    /// A stream that takes its turns.
    interface Sender {
        /// Sends one frame.
        ///
        /// @param allowed by the window of the connection
        void sendFrame(int allowed);

        /// Whether it is to have another turn.
        boolean hasMoreToSend();

        /// Whether what is left to send needs no window. Asked of streams that wait for their turn.
        boolean hasOnlyItsEnd();
    }

    private final BooleanSupplier room;
    private final ArrayDeque<Sender> ready = new ArrayDeque<>();
    private int window = Http2Limits.FIRST_WINDOW_BYTES;
    private boolean isSending;

    /// @param room whether the connection should take more of the application's bytes
    SendTurns(BooleanSupplier room) {
        this.room = room;
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
    void add(Sender stream) {
        ready.add(stream);
        send();
    }

    /// `stream` has ended.
    void remove(Sender stream) {
        ready.remove(stream);
    }

    /// Sends what may be sent now.
    void send() {
        if (isSending) return;
        isSending = true;
        try {
            for (Sender next = next(); next != null; next = next()) {
                next.sendFrame(window);
                if (next.hasMoreToSend()) ready.add(next);
            }
        } finally {
            isSending = false;
        }
    }

    private @Nullable Sender next() {
        if (ready.isEmpty() || !room.getAsBoolean()) return null;
        if (window > 0) return ready.poll();
        // The end of a body needs no window.
        for (Sender candidate : ready) {
            if (candidate.hasOnlyItsEnd()) {
                ready.remove(candidate);
                return candidate;
            }
        }
        return null;
    }
}
