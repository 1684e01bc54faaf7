package io.hawser.internal.http2;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Request;
import io.hawser.internal.http.BodyPipe;
import io.hawser.internal.http.BytesBody;
import io.hawser.internal.http.HttpParts;
import io.hawser.internal.http.Names;
import io.hawser.internal.http1.BodyRate;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The body of one request as it arrives.
///
/// A short one of known length is collected, and the request is not handled before it is whole; any other
/// goes through a [BodyPipe]. While that is full, the peer gets no new room for what it sends, neither on this
/// stream nor on the connection.
///
/// Thread: the event loop, but for what [BodyPipe.Source] says.
final class RequestBody implements StreamInput, BodyPipe.Source {
    private static final long UNKNOWN = -1;
    /// A client that has sent nothing for so long has had time to read its answer.
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Http2Stream stream;
    private final long length;
    private final Optional<String> contentType;
    private final ReceiveWindow window = new ReceiveWindow(Http2Limits.STREAM_WINDOW_BYTES);
    private final BodyRate rate;
    private final @Nullable BodyPipe pipe;
    private long maxBytes;
    private byte[] collected = {};
    private long received;
    private int withheld;
    private boolean isOver;
    private boolean isDiscarding;
    private long quietAtBytes = UNKNOWN;
    private long quietSinceNanos;

    /// @param length that the head says, or below zero
    RequestBody(Http2Stream stream, long length, Headers headers, boolean expectsContinue, long nowNanos) {
        this.stream = stream;
        this.length = Math.max(UNKNOWN, length);
        this.contentType = headers.first(Names.CONTENT_TYPE);
        this.maxBytes = stream.link.settings().maxBodyBytes();
        this.rate = new BodyRate(stream.link.settings().minBodyBytesPerSecond());
        rate.begin(nowNanos);
        // One that is too long is not: its route may allow it.
        boolean isCollected = length >= 0 && length <= Math.min(maxBytes, BodyPipe.CAPACITY_BYTES) && !expectsContinue;
        OptionalLong said = length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
        this.pipe = isCollected ? null : new BodyPipe(this, said, contentType, expectsContinue, maxBytes);
    }

    /// Whether it must be whole before its request is handled.
    boolean isCollecting() {
        return pipe == null && !isOver;
    }

    @Override
    public boolean isOver() {
        return isOver;
    }

    private boolean isOverrun() {
        return (pipe == null || isDiscarding) ? received > maxBytes : pipe.isOverrun(received);
    }

    /// The body for the request: in memory if it has been collected.
    Body body() {
        if (pipe != null) return pipe;
        if (collected.length == 0) return Body.empty();
        Bytes content = Bytes.wrap(collected);
        return contentType.isPresent() ? BytesBody.of(content, contentType.get()) : BytesBody.of(content);
    }

    /// `head` with this body, which is whole.
    Request completed(Request head) {
        return HttpParts.trusted().request(head.method(), head.target(), head.headers(), body(), head.peer());
    }

    @Override
    public boolean takeWindow(int bytes) {
        return window.take(bytes);
    }

    @Override
    public void giveWindow(int bytes) {
        stream.giveWindow(window, bytes);
    }

    @Override
    public void data(ByteBuf in, int bytes) {
        received += bytes;
        if (length >= 0 && received > length) {
            stream.link.giveWindow(bytes);
            stream.malformed("a body longer than it said");
        } else if (isOverrun()) {
            giveWindow(bytes);
            overrun();
        } else if (isDiscarding || (pipe != null && pipe.isClosed())) {
            giveWindow(bytes);
        } else if (pipe == null) {
            collect(in, bytes);
        } else {
            byte[] piece = new byte[bytes];
            in.readBytes(piece);
            pipe.offer(Bytes.wrap(piece));
            if (pipe.hasRoom()) giveWindow(bytes);
            else withheld += bytes;
        }
    }

    private void overrun() {
        if (stream.isAnswered()) stream.reset(ErrorCode.NO_ERROR);
        else if (!isDiscarding) {
            long most = pipe == null ? maxBytes : pipe.maxBytes();
            fail(new LimitExceeded("maxBodyBytes", most, Math.max(length, received), Processed.NO));
        }
    }

    private void collect(ByteBuf in, int bytes) {
        int before = (int) received - bytes;
        // Grows with what has come: who announces much and sends little holds little.
        if (received > collected.length) {
            collected = Arrays.copyOf(collected, (int) Math.min(length, Math.max(received, 2L * collected.length)));
        }
        in.readBytes(collected, before, bytes);
        giveWindow(bytes);
    }

    @Override
    public void end(Headers trailers) {
        isOver = true;
        if (length >= 0 && received != length) stream.malformed("a body shorter than it said");
        else if (pipe != null) pipe.end(trailers);
    }

    /// What comes from now on is nobody's. Who is still to answer learns of it here.
    void fail(RuntimeException why) {
        isDiscarding = true;
        maxBytes = received + Http2Limits.MAX_DISCARDED_BYTES;
        giveWithheld();
        if (pipe != null) pipe.fail(why);
        else stream.refuse(why);
    }

    @Override
    public void abandon() {
        if (pipe != null && !isOver) {
            pipe.fail(new ConnectionLost("the peer gave the request up within its body", Processed.MAYBE, null));
        }
        isOver = true;
        stream.link.giveWindow(withheld);
        withheld = 0;
    }

    @Override
    public boolean discard() {
        isDiscarding = true;
        maxBytes = received + Http2Limits.MAX_DISCARDED_BYTES;
        giveWithheld();
        // However much is to come: a reset right behind the answer makes some clients, curl 7.88 among them, throw the
        // answer away. It follows when the bound is reached, or nothing comes.
        return true;
    }

    private void giveWithheld() {
        int bytes = withheld;
        withheld = 0;
        giveWindow(bytes);
    }

    @Override
    public void tick(long now) {
        if (isOver) return;
        if (isDiscarding && stream.isAnswered() && isQuiet(now)) {
            stream.reset(ErrorCode.NO_ERROR);
            return;
        }
        boolean isListening = isDiscarding || pipe == null || (pipe.hasRoom() && !pipe.isHeldBack());
        if (!rate.isTooSlow(now, received, isListening)) return;
        if (stream.isAnswered()) {
            stream.reset(ErrorCode.NO_ERROR);
        } else if (!isDiscarding) {
            stream.tooSlow();
            fail(new ProtocolError(408, "body too slow", "RFC 9110, section 15.5.9"));
        }
    }

    private boolean isQuiet(long now) {
        if (received != quietAtBytes) {
            quietAtBytes = received;
            quietSinceNanos = now;
        }
        return now - quietSinceNanos > QUIET_NANOS;
    }

    @Override
    public void wanted() {
        stream.onLoop(stream::sayContinue);
    }

    @Override
    public void roomMade() {
        stream.onLoop(this::giveWithheld);
    }

    @Override
    public void abandoned() {
        stream.onLoop(this::giveWithheld);
    }
}
