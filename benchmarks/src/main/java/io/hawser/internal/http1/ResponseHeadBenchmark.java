package io.hawser.internal.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hawser.Bytes;
import io.hawser.benchmarks.jmh.SameWork;
import io.hawser.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How dear is a small answer to make and to write beside Netty's encoder?
///
/// Four fields and 13 bytes of body. Netty has name and value of each field as bytes that are there already,
/// and the date as one that is right for this second, as its authors do it where they measure.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ResponseHeadBenchmark {
    private static final String TEXT = "Hello, World!";
    private static final AsciiString PLAIN = AsciiString.cached("text/plain; charset=utf-8");
    private static final AsciiString NO_STORE = AsciiString.cached("no-store");
    private static final AsciiString DATE = AsciiString.cached("Fri, 27 Nov 2026 02:30:00 GMT");
    private static final AsciiString LENGTH = AsciiString.cached(Integer.toString(TEXT.length()));

    private final MessageEncoder encoder = new MessageEncoder(Scratch.ofThisLoop());
    private final NettyHeads peer = new NettyHeads();
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(1 << 10);
    private final ByteBuf body =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(TEXT.length()).writeBytes(TEXT.getBytes(ISO_8859_1)));
    private final Response same = answer();

    private static Response answer() {
        return Response.text(TEXT).withHeader("Cache-Control", "no-store");
    }

    @Setup
    public void check() throws Exception {
        ByteBuf theirs = peer.write(nettyAnswer());
        SameWork.require("parts: all in one", peer.parts(), 1);
        Set<String> expected = lines(theirs);
        theirs.release();
        hawser();
        SameWork.require("made and written", lines(out), expected);
        hawserAgain();
        hawserAgain();
        SameWork.require("written again", lines(out), expected);
    }

    /// The order of fields is free, and the date is of its second.
    private static Set<String> lines(ByteBuf written) {
        return written.toString(ISO_8859_1)
                .lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .map(line -> line.startsWith("date: ") ? "date" : line)
                .collect(Collectors.toUnmodifiableSet());
    }

    @TearDown
    public void release() {
        out.release();
        peer.close();
    }

    /// Made anew, as a handler does.
    @Benchmark
    public int hawser() {
        return write(answer());
    }

    /// The same again, whose fields are encoded once.
    @Benchmark
    public int hawserAgain() {
        return write(same);
    }

    private int write(Response response) {
        Bytes content = response.body().bytes();
        encoder.head(
                Outgoing.Head.of(response, content.size(), content, true),
                content.size(),
                HeadWriter.Fate.GOES_ON,
                out.clear());
        return out.writerIndex();
    }

    @Benchmark
    public int netty() throws Exception {
        ByteBuf written = peer.write(nettyAnswer());
        int bytes = written.readableBytes();
        written.release();
        return bytes;
    }

    private DefaultFullHttpResponse nettyAnswer() {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body.duplicate());
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, PLAIN)
                .set(HttpHeaderNames.CACHE_CONTROL, NO_STORE)
                .set(HttpHeaderNames.DATE, DATE)
                .set(HttpHeaderNames.CONTENT_LENGTH, LENGTH);
        return response;
    }
}
