package io.hawser.hub.bench.topics;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborValues;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A subscriber of one topic, whose messages are numbered, so that what is missing or comes twice shows.
///
/// Thread: one.
final class TopicPeer {
    private static final int MAX_DEPTH = 8;
    private static final byte[] NOTHING = {};

    private final String topic;
    private @Nullable SocketChannel channel;
    private byte[] rest = NOTHING;
    private Position at = Position.NONE;
    private long last;

    TopicPeer(String topic) {
        this.topic = topic;
    }

    /// Says hello and subscribes, from where it is if it has been there before. The two may go together.
    void connected(SocketChannel connected) throws IOException {
        channel = connected;
        rest = NOTHING;
        Map<String, Object> sub = new LinkedHashMap<>();
        sub.put("topic", topic);
        if (!at.isNone()) sub.put("pos", Map.of("e", at.epoch(), "o", at.offset(), "g", at.tag()));
        write(TopicFrames.request(TopicFrames.CONTROL, 1, "hello", Map.of("client", topic)));
        write(TopicFrames.request(TopicFrames.CONTROL, 2, "sub", sub));
    }

    private void write(ByteBuffer frame) throws IOException {
        SocketChannel to = channel;
        // So little fits the buffer of any socket.
        if (to != null && to.write(frame) >= 0 && frame.hasRemaining()) throw new IOException("the socket is full");
    }

    /// Reads what has come.
    ///
    /// @param scratch free to use
    void read(ByteBuffer scratch, TopicTally tally) throws IOException {
        SocketChannel from = channel;
        if (from == null) return;
        scratch.clear().put(rest);
        if (from.read(scratch) < 0) throw new EOFException("closed");
        scratch.flip();
        while (hasFrame(scratch)) take(scratch, tally);
        rest = scratch.hasRemaining() ? new byte[scratch.remaining()] : NOTHING;
        scratch.get(rest);
    }

    private static boolean hasFrame(ByteBuffer in) throws IOException {
        if (in.remaining() < TopicFrames.HEADER_BYTES) return false;
        int length = in.getInt(in.position() + 4);
        if (length > in.capacity()) throw new IOException("a frame of " + length + " bytes");
        return in.remaining() >= length;
    }

    private void take(ByteBuffer in, TopicTally tally) throws IOException {
        int length = in.getInt(in.position() + 4) - TopicFrames.HEADER_BYTES;
        int type = in.getShort(in.position() + 8);
        in.position(in.position() + TopicFrames.HEADER_BYTES);
        int end = in.position() + length;
        if (TopicFrames.isPush(in, length)) {
            message(in.getLong(end - 16), in.getLong(end - 8), tally);
        } else if (type == TopicFrames.DATA || type == TopicFrames.CONTROL) {
            said(CborValues.readMap(CborReader.of(Bytes.copyOf(in.slice(in.position(), length)), MAX_DEPTH)), tally);
        } else if (type == TopicFrames.PING) {
            byte[] echoed = new byte[length];
            in.get(in.position(), echoed);
            write(TopicFrames.frame(TopicFrames.PONG, echoed));
        } else if (type == TopicFrames.ERROR || type == TopicFrames.DISCONNECT) {
            throw new IOException("goodbye");
        }
        in.position(end);
    }

    private void message(long number, long sentNanos, TopicTally tally) {
        if (last > 0 && number <= last) tally.duplicates++;
        if (last > 0 && number > last + 1) tally.holes += number - last - 1;
        last = Math.max(last, number);
        tally.delivered(sentNanos);
    }

    private void said(Map<String, Object> message, TopicTally tally) throws IOException {
        if (message.get("sub") instanceof Map<?, ?> sub) {
            tally.subscribed++;
            if (Boolean.TRUE.equals(sub.get("recovered"))) tally.recovered++;
            if (at.isNone() && sub.get("o") instanceof Number offset) {
                at = new Position(String.valueOf(sub.get("e")), offset.longValue(), String.valueOf(sub.get("g")));
            }
        } else if (message.containsKey("resync")) {
            tally.resyncs++;
        } else if (message.containsKey("err")) {
            throw new IOException(String.valueOf(message.get("err")));
        }
    }

    /// The number of the last message.
    long last() {
        return last;
    }

    /// Cuts the connection.
    void cut() throws IOException {
        SocketChannel open = channel;
        channel = null;
        if (open != null) open.close();
    }
}
