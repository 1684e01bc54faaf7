package io.hawser.internal.http2;

/// How much a peer may still send, on one stream or on all of a connection.
///
/// What was taken in is given back once half of the window waits for that: a frame for each piece would cost
/// more than the piece.
///
/// Thread: the event loop. Source: RFC 9113, section 5.2
final class ReceiveWindow {
    private final int size;
    private int left;
    private int owed;

    ReceiveWindow(int size) {
        this.size = size;
        this.left = size;
    }

    /// The peer has sent so many bytes.
    ///
    /// @return false if it was allowed less
    boolean take(int bytes) {
        left -= bytes;
        return left >= 0;
    }

    /// Room was made for so many bytes.
    ///
    /// @return how many to tell the peer of now, 0 for none
    int give(int bytes) {
        owed += bytes;
        if (owed < size / 2) return 0;
        int told = owed;
        left += told;
        owed = 0;
        return told;
    }
}
