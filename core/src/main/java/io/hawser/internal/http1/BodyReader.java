package io.hawser.internal.http1;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.internal.http.BodyPipe;
import io.hawser.internal.http.BytesBody;
import io.hawser.internal.http.Names;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads the body of one message after another, in whichever way it is framed.
///
/// A short one of known length is collected, and the request is not handled before it is whole; any other
/// goes through a [BodyPipe]. What the application does not want is thrown away, up to
/// [#MAX_DISCARDED_BYTES].
///
/// Thread: the event loop.
final class BodyReader {
    /// What is read to keep a connection whose request was answered before its end.
    static final int MAX_DISCARDED_BYTES = 256 << 10;

    private final Scratch scratch;
    private final ChunkDecoder chunks;
    private final BodyPipe.Source source;

    private boolean isReading;
    private boolean isChunked;
    private boolean isUntilClose;
    private long left;
    private long received;
    private long maxBytes;
    private boolean isDiscarded;
    private Optional<String> contentType = Optional.empty();
    private byte @Nullable [] collected;
    private int collectedBytes;
    private @Nullable BodyPipe pipe;

    BodyReader(Scratch scratch, HeadLimits limits, BodyPipe.Source source) {
        this.scratch = scratch;
        this.chunks = new ChunkDecoder(limits);
        this.source = source;
    }

    /// The body of a request begins, or there is none.
    void begin(BodyFraming framing, Headers headers, long allowed) {
        boolean isShort = framing.contentLength() <= BodyPipe.CAPACITY_BYTES;
        begin(framing, headers, allowed, isShort && !framing.expectsContinue());
    }

    /// The body of an answer begins, or there is none. It is collected only if all of it is there, because
    /// who asked gets the head as soon as it comes.
    ///
    /// @param arrived octets that have come behind the head
    void beginAnswer(BodyFraming framing, Headers headers, int arrived) {
        long length = framing.contentLength();
        begin(framing, headers, Long.MAX_VALUE, length <= BodyPipe.CAPACITY_BYTES && length <= arrived);
    }

    private void begin(BodyFraming framing, Headers headers, long allowed, boolean isToBeCollected) {
        isReading = framing.hasBody();
        pipe = null;
        collected = null;
        received = 0;
        if (!isReading) return;
        isChunked = framing.isChunked();
        isUntilClose = framing.isUntilClose();
        boolean hasLength = !isChunked && !isUntilClose;
        left = isUntilClose ? Long.MAX_VALUE : framing.contentLength();
        maxBytes = allowed;
        isDiscarded = false;
        contentType = headers.first(Names.CONTENT_TYPE);
        if (isChunked) chunks.begin();
        // One that is too long is not: its route may allow it.
        if (hasLength && isToBeCollected && left <= allowed) {
            collected = new byte[0];
            collectedBytes = 0;
        } else {
            OptionalLong length = hasLength ? OptionalLong.of(left) : OptionalLong.empty();
            pipe = new BodyPipe(source, length, contentType, framing.expectsContinue(), allowed);
        }
    }

    private void checkLimit() {
        BodyPipe reader = pipe;
        if (reader == null || isDiscarded) {
            if (received > maxBytes) throw tooLong(maxBytes);
        } else if (reader.isOverrun(received)) throw tooLong(reader.maxBytes());
    }

    private LimitExceeded tooLong(long most) {
        return new LimitExceeded("maxBodyBytes", most, received, Processed.NO);
    }

    boolean isReading() {
        return isReading;
    }

    /// Whether the body is whole before its request is handled.
    boolean isCollecting() {
        return isReading && collected != null;
    }

    /// Whether more should be read of it.
    boolean wantsMore() {
        BodyPipe reader = pipe;
        return isReading && (reader == null || reader.hasRoom());
    }

    long received() {
        return received;
    }

    /// Whether the peer can be expected to send now.
    boolean isListening() {
        BodyPipe reader = pipe;
        return wantsMore() && (reader == null || !reader.isHeldBack());
    }

    /// The body for the request: in memory if there is none or it has been collected.
    Body body() {
        BodyPipe streamed = pipe;
        if (streamed != null) return streamed;
        byte[] all = collected;
        if (all == null || all.length == 0) return Body.empty();
        Bytes content = Bytes.wrap(all);
        return contentType.isPresent() ? BytesBody.of(content, contentType.get()) : BytesBody.of(content);
    }

    /// Takes from `in` what belongs to the body.
    void read(ByteBuf in) {
        if (isChunked) readChunks(in);
        else readPlain(in);
    }

    private void readPlain(ByteBuf in) {
        int count = (int) Math.min(left, in.readableBytes());
        left -= count;
        received += count;
        if (collected != null) {
            collect(in, count);
        } else {
            give(in, count);
        }
        if (left == 0) end(Headers.EMPTY);
    }

    private void collect(ByteBuf in, int count) {
        byte[] all = collected == null ? new byte[0] : collected;
        int needed = collectedBytes + count;
        // Grows with what has come: who announces much and sends little holds little.
        if (needed > all.length) {
            all = Arrays.copyOf(all, (int) Math.min(needed + left, 4L * needed));
            collected = all;
        }
        in.readBytes(all, collectedBytes, count);
        collectedBytes = needed;
    }

    private void give(ByteBuf in, int count) {
        BodyPipe reader = pipe;
        if (reader == null || reader.isClosed()) {
            in.skipBytes(count);
            return;
        }
        byte[] piece = new byte[count];
        in.readBytes(piece);
        reader.offer(Bytes.wrap(piece));
    }

    private void readChunks(ByteBuf in) {
        while (in.isReadable() && isReading) {
            int count = Math.min(in.readableBytes(), scratch.in.length);
            in.getBytes(in.readerIndex(), scratch.in, 0, count);
            int used = chunks.decode(scratch.in, 0, count, scratch.in);
            in.skipBytes(used);
            received += chunks.written();
            checkLimit();
            BodyPipe reader = pipe;
            if (reader != null && chunks.written() > 0) {
                reader.offer(Bytes.wrap(Arrays.copyOf(scratch.in, chunks.written())));
            }
            if (chunks.hasEnded()) end(chunks.takeTrailer());
            else if (used == 0) return;
        }
    }

    private void end(Headers trailers) {
        isReading = false;
        BodyPipe reader = pipe;
        if (reader != null) reader.end(trailers);
    }

    /// The peer has ended its side.
    ///
    /// @return whether that is how this body ends
    boolean endOfInput() {
        if (!isReading || !isUntilClose) return false;
        end(Headers.EMPTY);
        return true;
    }

    /// How far the body has come, for an error.
    String progress() {
        return isChunked || isUntilClose ? received + " bytes" : received + " of " + (received + left) + " bytes";
    }

    /// It will not be read to its end.
    void fail(RuntimeException why) {
        isReading = false;
        BodyPipe reader = pipe;
        if (reader != null) reader.fail(why);
    }

    /// The application has what it wants of the body. What is left is to be thrown away, if it is little
    /// enough.
    ///
    /// @return false if the connection should end instead
    boolean discard() {
        if (!isReading) return true;
        BodyPipe reader = pipe;
        if (reader != null && (reader.isHeldBack() || reader.isTooLong())) return false;
        isDiscarded = true;
        maxBytes = received + MAX_DISCARDED_BYTES;
        return isChunked || left <= MAX_DISCARDED_BYTES;
    }
}
