package io.hawser.session;

import java.time.Duration;

/// A session's counters at one moment. Bytes are those on the wire, framing included; of TLS, those inside.
/// Sent is what was encoded, whether the operating system has taken it yet or not.
///
/// @param queuedBytes accepted for sending and not yet taken by the operating system
public record SessionStats(
        long messagesReceived,
        long bytesReceived,
        long messagesSent,
        long bytesSent,
        long messagesDropped,
        long queuedBytes,
        Duration uptime) {}
