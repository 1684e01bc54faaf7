package io.hawser.internal.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.benchmarks.jmh.SameWork;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ByteProcessor;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How dear is it to know that a text is UTF-8, beside Netty's check, and beside the JDK's decoder, which
/// makes characters of it?
///
/// Of a message that is whole and ASCII, unmasking has told it already, and nothing checks it again.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Utf8Benchmark {
    private static final byte NEVER_IN_UTF8 = (byte) 0xFF;

    /// German mixes one byte and two, the last one and four.
    @Param({"ascii", "german", "greek", "chinese", "emoji"})
    private String kind = "ascii";

    @Param({"64", "4096"})
    private int bytes;

    private ByteBuf text = Unpooled.EMPTY_BUFFER;
    private ByteBuffer view = ByteBuffer.allocate(0);
    private CharBuffer decoded = CharBuffer.allocate(0);
    private final CharsetDecoder decoder = UTF_8.newDecoder();
    private final ByteProcessor validator = NettyInside.validator();

    @Setup
    public void fill() {
        byte[] sample = sample().getBytes(UTF_8);
        text = Unpooled.directBuffer(bytes);
        while (text.writableBytes() >= sample.length) text.writeBytes(sample);
        while (text.isWritable()) text.writeByte(' ');
        view = text.nioBuffer();
        decoded = CharBuffer.allocate(bytes);
        requireAll(true);
        byte last = text.getByte(bytes - 1);
        text.setByte(bytes - 1, NEVER_IN_UTF8);
        requireAll(false);
        text.setByte(bytes - 1, last);
        requireAll(true);
    }

    private String sample() {
        return switch (kind) {
            case "german" -> "Schöne Grüße aus der Straße der größten Äpfel. ";
            case "greek" -> "Καλημέρα κόσμε ";
            case "chinese" -> "天地玄黄宇宙洪荒";
            case "emoji" -> "ok 😀 ";
            default -> "The quick brown fox jumps over the lazy dog. ";
        };
    }

    private void requireAll(boolean isUtf8) {
        SameWork.require("valid", hawser() == Utf8Check.VALID, isUtf8);
        SameWork.require("valid to Netty", isUtf8, NettyInside.isUtf8(NettyInside.validator(), text));
        decoder.reset();
        boolean isDecoded = decoder.decode(view.clear(), decoded.clear(), true).isUnderflow();
        SameWork.require("valid to the JDK", isUtf8, isDecoded);
        String characters = decoded.flip().toString();
        if (isUtf8) SameWork.require("decoded", text.toString(UTF_8), characters);
    }

    @TearDown
    public void release() {
        text.release();
    }

    @Benchmark
    public int hawser() {
        return Utf8Check.check(Utf8Check.VALID, view, 0, bytes);
    }

    @Benchmark
    public boolean netty() {
        return NettyInside.isUtf8(validator, text);
    }

    @Benchmark
    public int jdkDecodes() {
        decoder.reset().decode(view.clear(), decoded.clear(), true);
        return decoded.position();
    }
}
