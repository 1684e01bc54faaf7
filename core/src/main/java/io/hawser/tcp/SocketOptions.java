package io.hawser.tcp;

/// Options of TCP sockets.
///
/// @param noDelay send small segments at once (TCP_NODELAY); default true
/// @param keepAlive let the operating system probe a silent peer (SO_KEEPALIVE); default true
/// @param sendBufferBytes SO_SNDBUF; 0, the default, leaves it to the operating system
/// @param receiveBufferBytes SO_RCVBUF; 0, the default, leaves it to the operating system
/// @param backlog connections waiting to be accepted, for servers; default 1,024
public record SocketOptions(
        boolean noDelay, boolean keepAlive, int sendBufferBytes, int receiveBufferBytes, int backlog) {
    private static final SocketOptions DEFAULTS = new SocketOptions(true, true, 0, 0, 1024);

    public SocketOptions {
        if (sendBufferBytes < 0)
            throw new IllegalArgumentException("sendBufferBytes " + sendBufferBytes + ": 0 or more");
        if (receiveBufferBytes < 0) {
            throw new IllegalArgumentException("receiveBufferBytes " + receiveBufferBytes + ": 0 or more");
        }
        if (backlog < 1) throw new IllegalArgumentException("backlog " + backlog + ": at least 1");
    }

    public static SocketOptions defaults() {
        return DEFAULTS;
    }

    public SocketOptions withNoDelay(boolean changed) {
        return new SocketOptions(changed, keepAlive, sendBufferBytes, receiveBufferBytes, backlog);
    }

    public SocketOptions withKeepAlive(boolean changed) {
        return new SocketOptions(noDelay, changed, sendBufferBytes, receiveBufferBytes, backlog);
    }

    public SocketOptions withBufferBytes(int send, int receive) {
        return new SocketOptions(noDelay, keepAlive, send, receive, backlog);
    }

    public SocketOptions withBacklog(int changed) {
        return new SocketOptions(noDelay, keepAlive, sendBufferBytes, receiveBufferBytes, changed);
    }
}
