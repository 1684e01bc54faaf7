package io.hawser.internal.http2;

import io.hawser.internal.http1.HeadLimits;

/// The bounds that hold for every connection, beside those that HTTP/1.1 has too.
final class Http2Limits {
    /// Streams of one peer at once; one more is refused.
    static final int MAX_STREAMS = 128;

    /// What may come on one stream before somebody reads it.
    static final int STREAM_WINDOW_BYTES = 256 << 10;

    /// What may come on all streams of a connection before somebody reads it.
    static final int CONNECTION_WINDOW_BYTES = 1 << 20;

    /// Every window before anything else is said.
    static final int FIRST_WINDOW_BYTES = 65_535;

    /// What is read of the body of a request that was answered before its end; then its stream is reset.
    static final int MAX_DISCARDED_BYTES = 256 << 10;

    private Http2Limits() {}

    /// What a server says first.
    static ControlFrame serverSettings(HeadLimits heads) {
        return ControlFrame.settings(
                SettingId.MAX_CONCURRENT_STREAMS,
                MAX_STREAMS,
                SettingId.INITIAL_WINDOW_SIZE,
                STREAM_WINDOW_BYTES,
                SettingId.MAX_HEADER_LIST_SIZE,
                heads.maxHeadBytes(),
                SettingId.ENABLE_CONNECT_PROTOCOL,
                1,
                SettingId.NO_RFC7540_PRIORITIES,
                1);
    }
}
