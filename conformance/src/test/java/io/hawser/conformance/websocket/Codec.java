package io.hawser.conformance.websocket;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The peer's own compression, which shares no code with what is tested.
final class Codec implements AutoCloseable {
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final Inflater inflater = new Inflater(true);
    private final boolean ownTakeover;
    private final boolean peerTakeover;
    private final int window;

    Codec(boolean ownTakeover, boolean peerTakeover, int windowBits) {
        this.ownTakeover = ownTakeover;
        this.peerTakeover = peerTakeover;
        this.window = windowBits == 15 ? Integer.MAX_VALUE : 1 << windowBits;
    }

    byte[] deflate(byte[] message) {
        if (message.length == 0) return new byte[] {0};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        // A window that is not full is kept to by forgetting at its borders.
        for (int from = 0; from < message.length; from += Math.min(window, message.length - from)) {
            if (window < Integer.MAX_VALUE) deflater.reset();
            deflater.setInput(message, from, Math.min(window, message.length - from));
            int made;
            do {
                made = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
                out.write(buffer, 0, made);
            } while (made == buffer.length);
        }
        if (!ownTakeover) deflater.reset();
        byte[] all = out.toByteArray();
        return java.util.Arrays.copyOf(all, all.length - 4);
    }

    byte[] inflate(byte[] message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            feed(message, out);
            feed(new byte[] {0, 0, (byte) 0xFF, (byte) 0xFF}, out);
        } catch (DataFormatException e) {
            throw new AssertionError("what came does not inflate", e);
        }
        if (!peerTakeover) inflater.reset();
        return out.toByteArray();
    }

    private void feed(byte[] bytes, ByteArrayOutputStream out) throws DataFormatException {
        byte[] buffer = new byte[8192];
        inflater.setInput(bytes);
        for (int made = inflater.inflate(buffer); made > 0; made = inflater.inflate(buffer)) {
            out.write(buffer, 0, made);
        }
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
