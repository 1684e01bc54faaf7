package io.hawser.internal.http2;

/// What the peer has said of itself.
///
/// Thread: the event loop. Source: RFC 9113, section 6.5.2
final class PeerSettings {
    private static final int MIN_FRAME_BYTES = 16 << 10;
    private static final int MAX_FRAME_BYTES = (1 << 24) - 1;

    private int windowBytes = Http2Limits.FIRST_WINDOW_BYTES;
    private long tableBytes = 4096;
    private boolean takesTunnels;

    /// Takes one setting in.
    ///
    /// @throws io.hawser.ProtocolError for a value that it cannot have
    void set(int id, long value) {
        switch (id) {
            case SettingId.HEADER_TABLE_SIZE -> tableBytes = value;
            case SettingId.ENABLE_PUSH, SettingId.ENABLE_CONNECT_PROTOCOL -> {
                if (value > 1) throw bad("a setting " + id + " of " + value);
                if (id == SettingId.ENABLE_CONNECT_PROTOCOL) takesTunnels = value == 1;
            }
            case SettingId.INITIAL_WINDOW_SIZE -> {
                if (value > Integer.MAX_VALUE) {
                    throw ErrorCode.connection(ErrorCode.FLOW_CONTROL_ERROR, "a window of over 2^31-1", "6.5.2");
                }
                windowBytes = (int) value;
            }
            case SettingId.MAX_FRAME_SIZE -> {
                if (value < MIN_FRAME_BYTES || value > MAX_FRAME_BYTES) throw bad("frames of at most " + value);
            }
            default -> {
                // nothing that we do depends on it
            }
        }
    }

    private static RuntimeException bad(String what) {
        return ErrorCode.connection(ErrorCode.PROTOCOL_ERROR, what, "6.5.2");
    }

    /// What may be sent on a new stream.
    int windowBytes() {
        return windowBytes;
    }

    /// Whether it takes streams for other protocols. Source: RFC 8441, section 3
    boolean takesTunnels() {
        return takesTunnels;
    }

    /// How large the table of our compression may be.
    long tableBytes() {
        return tableBytes;
    }
}
