package io.hawser.internal.tls;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads what a client offers in the first message of its handshake.
///
/// Source: RFC 8446 section 4.1.2, RFC 7301 section 3.1
final class ClientHello {
    private static final int ALPN = 16;
    private static final int VERSION_AND_RANDOM_BYTES = 34;

    private ClientHello() {}

    /// Whether the client offers application protocols, but none of `ours`.
    ///
    /// @param body the message without its header; where it is malformed the answer is no, as the engine refuses it
    static boolean excludes(ByteBuf body, List<String> ours) {
        try {
            ByteBuf in = body.duplicate();
            in.skipBytes(VERSION_AND_RANDOM_BYTES);
            in.skipBytes(in.readUnsignedByte()); // session
            in.skipBytes(in.readUnsignedShort()); // cipher suites
            in.skipBytes(in.readUnsignedByte()); // compression
            ByteBuf extensions = in.isReadable() ? in.readSlice(in.readUnsignedShort()) : in;
            while (extensions.isReadable()) {
                int type = extensions.readUnsignedShort();
                ByteBuf content = extensions.readSlice(extensions.readUnsignedShort());
                if (type == ALPN) return offersNone(content.readSlice(content.readUnsignedShort()), ours);
            }
            return false;
        } catch (IndexOutOfBoundsException malformed) {
            return false;
        }
    }

    private static boolean offersNone(ByteBuf names, List<String> ours) {
        while (names.isReadable()) {
            CharSequence name = names.readCharSequence(names.readUnsignedByte(), StandardCharsets.ISO_8859_1);
            if (ours.contains(name.toString())) return false;
        }
        return true;
    }
}
