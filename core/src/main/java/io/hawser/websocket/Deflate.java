package io.hawser.websocket;

/// Compression of messages by permessage-deflate. Context takeover compresses a message with what the ones
/// before it had in common, and keeps native memory for each connection: about 260 KiB for what it sends and
/// 40 KiB for what it receives; without it nothing is kept.
///
/// Shape: either side may restrict both; what is agreed is the narrower of what the two want, but for the
/// window of a client that does not offer to narrow it.
///
/// @param level of zlib, from 1 (fast) to 9 (small); default 6
/// @param minBytes shorter messages are sent as they are: they fit into one packet anyway; default 1 KiB
/// @param maxBytes longer messages are sent as they are, so that compressing one does not hold up its event
///     loop; default 64 KiB
/// @param serverTakeover whether what the server sends refers to earlier messages; default false
/// @param clientTakeover the same for what the client sends; default false
/// @param serverWindowBits how far back it refers, as a power of two, from 8 to 15; default 15
/// @param clientWindowBits the same for what the client sends; default 15
///
/// Source: RFC 7692, section 7
public record Deflate(
        int level,
        int minBytes,
        int maxBytes,
        boolean serverTakeover,
        boolean clientTakeover,
        int serverWindowBits,
        int clientWindowBits) {
    private static final Deflate DEFAULTS = new Deflate(6, 1024, 64 << 10, false, false, 15, 15);

    public Deflate {
        if (level < 1 || level > 9) throw new IllegalArgumentException("level " + level + ": from 1 to 9");
        if (minBytes < 0) throw new IllegalArgumentException("minBytes " + minBytes + ": 0 or more");
        if (maxBytes < minBytes) {
            throw new IllegalArgumentException("maxBytes " + maxBytes + ": at least minBytes, " + minBytes);
        }
        window("serverWindowBits", serverWindowBits);
        window("clientWindowBits", clientWindowBits);
    }

    private static void window(String name, int bits) {
        if (bits < 8 || bits > 15) throw new IllegalArgumentException(name + " " + bits + ": from 8 to 15");
    }

    public static Deflate defaults() {
        return DEFAULTS;
    }

    public Deflate withLevel(int changed) {
        return new Deflate(
                changed, minBytes, maxBytes, serverTakeover, clientTakeover, serverWindowBits, clientWindowBits);
    }

    public Deflate withMinBytes(int changed) {
        return new Deflate(
                level, changed, maxBytes, serverTakeover, clientTakeover, serverWindowBits, clientWindowBits);
    }

    public Deflate withMaxBytes(int changed) {
        return new Deflate(
                level, minBytes, changed, serverTakeover, clientTakeover, serverWindowBits, clientWindowBits);
    }

    public Deflate withTakeover(boolean server, boolean client) {
        return new Deflate(level, minBytes, maxBytes, server, client, serverWindowBits, clientWindowBits);
    }

    public Deflate withWindowBits(int server, int client) {
        return new Deflate(level, minBytes, maxBytes, serverTakeover, clientTakeover, server, client);
    }
}
