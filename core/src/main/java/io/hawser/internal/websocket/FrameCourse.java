package io.hawser.internal.websocket;

/// How far a stream of frames has come: their headers are read, and nothing else of them.
///
/// What makes no sense is for the two ends to judge; from there on nobody can say where a frame begins.
final class FrameCourse {
    private static final int MASKED = 0x80;
    private static final int SHORT = 126;

    private final byte[] header = new byte[FrameHeader.LARGEST];
    private int have;
    private long left;
    private int wholeBytes;
    private boolean isInPayload;
    private boolean isLost;
    private boolean hasClosed;

    /// Goes on behind `bytes`.
    ///
    /// @return how many messages end in them
    int follow(byte[] bytes) {
        int ended = 0;
        int at = 0;
        wholeBytes = 0;
        while (at < bytes.length && !isLost) {
            if (isInPayload) {
                long step = Math.min(left, bytes.length - at);
                at += (int) step;
                left -= step;
            } else {
                header[have++] = bytes[at++];
                if (have >= 2 && have == headerBytes()) payload();
            }
            if (isInPayload && left == 0) {
                ended += frameEnded();
                wholeBytes = at;
            }
        }
        return ended;
    }

    /// Where among the bytes that were followed last the last of their frames ended: 0 if none did.
    int wholeBytes() {
        return wholeBytes;
    }

    private int headerBytes() {
        int length = header[1] & 0x7F;
        return (length < SHORT ? 2 : length == SHORT ? 4 : 10) + ((header[1] & MASKED) == 0 ? 0 : 4);
    }

    private void payload() {
        int length = header[1] & 0x7F;
        left = length < SHORT ? length : 0;
        int bytes = length < SHORT ? 0 : length == SHORT ? 2 : 8;
        for (int i = 0; i < bytes; i++) left = (left << 8) | (header[2 + i] & 0xFF);
        isLost = left < 0;
        isInPayload = true;
    }

    /// @return 1 if it was the last of a message
    private int frameEnded() {
        int opcode = header[0] & 0x0F;
        boolean isLast = (header[0] & FrameHeader.FIN) != 0;
        hasClosed |= opcode == Opcode.CLOSE;
        isInPayload = false;
        have = 0;
        return isLast && !Opcode.isControl(opcode) ? 1 : 0;
    }

    /// Whether a frame of another may come here: not within one, nor behind the last.
    boolean mayInsert() {
        return have == 0 && !isInPayload && !isLost && !hasClosed;
    }

    /// Whether nobody can say any more where a frame begins.
    boolean isLost() {
        return isLost;
    }

    /// Whether a close frame has come by.
    boolean hasClosed() {
        return hasClosed;
    }
}
