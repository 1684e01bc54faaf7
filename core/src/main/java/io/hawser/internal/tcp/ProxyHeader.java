package io.hawser.internal.tcp;

import io.hawser.Endpoint;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a proxy says before a connection of whom it is: the PROXY protocol, versions 1 and 2.
///
/// Believed only where the peer is trusted; whoever else sends one has sent bytes that no protocol begins with.
///
/// Source: The PROXY protocol, versions 1 & 2 (HAProxy), sections 2.1 and 2.2
final class ProxyHeader {
    /// A line of version 1 has at most 107 bytes, its end included.
    private static final int MAX_LINE_BYTES = 107;

    private static final byte[] LINE_PREFIX = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    private static final int FIXED_BYTES = 16;
    private static final int MAX_BYTES = 4096;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int OVER_IPV4 = 1;
    private static final int OVER_IPV6 = 2;

    enum Found {
        /// The bytes begin otherwise.
        NONE,
        /// They may be one; more will tell.
        UNFINISHED,
        /// They begin as one, and are none.
        BAD,
        /// It has been taken off the bytes.
        TAKEN
    }

    private @Nullable Endpoint source;

    /// Takes a header off the front of `in`, if there is one.
    Found take(ByteBuf in) {
        if (begins(in, SIGNATURE)) return binary(in);
        return begins(in, LINE_PREFIX) ? line(in) : Found.NONE;
    }

    /// Whose connection it is; empty where it is the proxy's own, or the proxy does not know.
    Optional<Endpoint> source() {
        return Optional.ofNullable(source);
    }

    /// Whether `in` begins with `prefix`, as far as it goes.
    private static boolean begins(ByteBuf in, byte[] prefix) {
        int known = Math.min(prefix.length, in.readableBytes());
        for (int i = 0; i < known; i++) if (in.getByte(in.readerIndex() + i) != prefix[i]) return false;
        return true;
    }

    private Found line(ByteBuf in) {
        int start = in.readerIndex();
        int known = Math.min(MAX_LINE_BYTES, in.readableBytes());
        int lineFeed = in.indexOf(start, start + known, (byte) '\n');
        if (lineFeed < 0) return known == MAX_LINE_BYTES ? Found.BAD : Found.UNFINISHED;
        String text = in.toString(start, lineFeed - start, StandardCharsets.US_ASCII);
        if (!text.endsWith("\r")) return Found.BAD;
        String[] parts = text.substring(0, text.length() - 1).split(" ", -1);
        boolean isUnknown = parts[1].equals("UNKNOWN");
        if (!isUnknown && !isAddressed(parts)) return Found.BAD;
        in.readerIndex(lineFeed + 1);
        return Found.TAKEN;
    }

    private boolean isAddressed(String... parts) {
        boolean isIpv6 = parts[1].equals("TCP6");
        if (parts.length != 6 || (!isIpv6 && !parts[1].equals("TCP4"))) return false;
        Endpoint from = endpoint(isIpv6, parts[2], parts[4]);
        if (from == null || endpoint(isIpv6, parts[3], parts[5]) == null) return false;
        source = from;
        return true;
    }

    private static @Nullable Endpoint endpoint(boolean isIpv6, String address, String port) {
        if (!port.matches("0|[1-9][0-9]{0,4}") || (address.indexOf(':') >= 0) != isIpv6) return null;
        try {
            Endpoint endpoint = Endpoint.of(address, Integer.parseInt(port));
            return endpoint.isIpLiteral() ? endpoint : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Found binary(ByteBuf in) {
        if (in.readableBytes() < FIXED_BYTES) return Found.UNFINISHED;
        int start = in.readerIndex();
        int command = in.getUnsignedByte(start + SIGNATURE.length);
        int family = in.getUnsignedByte(start + 13) >> 4;
        int length = in.getUnsignedShort(start + 14);
        if ((command != LOCAL && command != PROXY) || length > MAX_BYTES) return Found.BAD;
        if (in.readableBytes() < FIXED_BYTES + length) return Found.UNFINISHED;
        if (command == PROXY) {
            int size = family == OVER_IPV4 ? 4 : family == OVER_IPV6 ? 16 : 0;
            if (length < 2 * size + (size > 0 ? 4 : 0)) return Found.BAD;
            if (size > 0) source = endpoint(in, start + FIXED_BYTES, size);
        }
        in.skipBytes(FIXED_BYTES + length);
        return Found.TAKEN;
    }

    private static Endpoint endpoint(ByteBuf in, int at, int size) {
        byte[] address = new byte[size];
        in.getBytes(at, address);
        try {
            String text = InetAddress.getByAddress(address).getHostAddress();
            return Endpoint.of(text, in.getUnsignedShort(at + 2 * size));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
