package io.hawser.hub.bench;

import java.nio.ByteBuffer;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.cbor.CBORMapper;

/// Collects a frame that is not the expected answer until it is clear what it is, and says so by an
/// exception.
final class MsgiComplaint {
    private static final int ERROR = 0x0030;
    private static final int DISCONNECT = 0x0050;

    /// Longest ERROR or DISCONNECT frame whose code is read.
    private static final int MAX_BYTES = 4096;

    private final ByteBuffer seen = ByteBuffer.allocate(MAX_BYTES);

    /// Errors: [BadResponse] as soon as what was seen suffices to name the fault; before that it returns
    /// normally.
    void consume(ByteBuffer in) throws BadResponse {
        while (in.hasRemaining() && seen.hasRemaining()) {
            seen.put(in.get());
        }
        in.position(in.limit());
        int prefix = Math.min(seen.position(), Integer.BYTES);
        for (int i = 0; i < prefix; i++) {
            if (seen.get(i) != (byte) (MsgiProtocol.MAGIC >>> (24 - 8 * i))) {
                throw new BadResponse("not an MSGI frame");
            }
        }
        if (seen.position() >= MsgiProtocol.HEADER_BYTES) {
            header();
        }
    }

    private void header() throws BadResponse {
        long length = Integer.toUnsignedLong(seen.getInt(4));
        int type = Short.toUnsignedInt(seen.getShort(8));
        if (type != ERROR && type != DISCONNECT) {
            throw new BadResponse(
                    type == MsgiProtocol.DATA
                            ? "answer of another length"
                            : "unexpected frame type 0x%04x".formatted(type));
        }
        if (length <= seen.position()) {
            throw new BadResponse((type == ERROR ? "error frame " : "disconnect frame ") + code((int) length));
        }
        if (length > MAX_BYTES) {
            throw new BadResponse(type == ERROR ? "error frame" : "disconnect frame");
        }
    }

    private String code(int length) {
        try {
            int payload = Math.max(0, length - MsgiProtocol.HEADER_BYTES);
            var map = new CBORMapper().readTree(seen.array(), MsgiProtocol.HEADER_BYTES, payload);
            return map.path("code").asString("without a code");
        } catch (JacksonException e) {
            return "without a readable code";
        }
    }
}
