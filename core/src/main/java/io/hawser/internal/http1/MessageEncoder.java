package io.hawser.internal.http1;

import io.hawser.Bytes;
import io.hawser.internal.http1.HeadWriter.Fate;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// Writes one message after another, answers or requests, in the framing that its head has chosen.
///
/// Thread: the event loop's own. Source: RFC 9112, sections 6 and 7
final class MessageEncoder {
    private static final int COPIED_BYTES = 4 << 10;
    private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final Scratch scratch;
    private boolean isChunked;

    MessageEncoder(Scratch scratch) {
        this.scratch = scratch;
    }

    /// @param length as in [HeadWriter#write]; of the body that follows where it is not whole
    void head(Outgoing.Head head, long length, Fate fate, ByteBuf to) {
        isChunked = length == HeadWriter.CHUNKED_LENGTH;
        byte[] out = room(HeadWriter.sizeAtMost(head.fields()));
        int at = HeadWriter.write(head.response(), head.fields(), length, fate, out, 0);
        finish(out, at, head.content(), to);
    }

    void head(Ask ask, ByteBuf to) {
        isChunked = ask.length() == HeadWriter.CHUNKED_LENGTH;
        byte[] out = room(ask.headSizeAtMost());
        int at = HeadWriter.write(ask, out, 0);
        finish(out, at, ask.content(), to);
    }

    /// Room for fields, and behind them for a body that is small enough to be copied there.
    private byte[] room(int headBytes) {
        int size = headBytes + COPIED_BYTES;
        return size <= scratch.out.length ? scratch.out : new byte[size];
    }

    private static void finish(byte[] head, int headEnd, Bytes content, ByteBuf to) {
        int at = headEnd;
        boolean isCopied = content.size() <= COPIED_BYTES;
        if (isCopied) {
            content.copyTo(head, at);
            at += content.size();
        }
        to.writeBytes(head, 0, at);
        if (!isCopied) put(content, to);
    }

    void piece(Bytes content, ByteBuf to) {
        if (!isChunked) {
            put(content, to);
            return;
        }
        byte[] out = scratch.out;
        int at = Octets.putHex(content.size(), out, 0);
        out[at++] = Octets.CR;
        out[at++] = Octets.LF;
        to.writeBytes(out, 0, at);
        put(content, to);
        to.writeByte(Octets.CR).writeByte(Octets.LF);
    }

    void end(EncodedFields trailers, ByteBuf to) {
        if (!isChunked) return;
        byte[] out = room(trailers.size());
        int at = Octets.put(LAST_CHUNK, out, 0);
        at = trailers.put(out, at);
        out[at++] = Octets.CR;
        out[at++] = Octets.LF;
        to.writeBytes(out, 0, at);
    }

    private static void put(Bytes content, ByteBuf to) {
        content.copyTo(to.internalNioBuffer(to.writerIndex(), content.size()));
        to.writerIndex(to.writerIndex() + content.size());
    }
}
