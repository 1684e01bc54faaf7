package io.hawser.tcp;

/// What connections have carried. Bytes are those on the wire, framing included; of TLS, those inside. Sent
/// is what was encoded, whether the operating system has taken it yet or not.
///
/// @param messagesReceived of HTTP, the requests
/// @param messagesSent of HTTP, whatever the answers were handed over as
/// @param queuedBytes accepted for sending and not yet taken by the operating system, now
public record Traffic(long messagesReceived, long bytesReceived, long messagesSent, long bytesSent, long queuedBytes) {
    private static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);

    public static Traffic none() {
        return NONE;
    }

    public Traffic plus(Traffic other) {
        return new Traffic(
                messagesReceived + other.messagesReceived,
                bytesReceived + other.bytesReceived,
                messagesSent + other.messagesSent,
                bytesSent + other.bytesSent,
                queuedBytes + other.queuedBytes);
    }
}
