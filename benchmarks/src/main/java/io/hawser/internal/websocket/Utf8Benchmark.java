package io.hawser.internal.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to know that 4 KiB are UTF-8, beside what the JDK's decoder takes to decode them.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Utf8Benchmark {
    private static final int BYTES = 4096;

    @Param({"ascii", "german", "greek", "emoji"})
    private String kind = "ascii";

    private final ByteBuffer text = ByteBuffer.allocateDirect(BYTES);
    private final CharsetDecoder decoder = UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(BYTES);

    @Setup
    public void fill() {
        var sample = switch (kind) {
            case "german" -> "Schöne Grüße aus der Straße der größten Äpfel. ";
            case "greek" -> "Καλημέρα κόσμε ";
            case "emoji" -> "ok 😀 ";
            default -> "The quick brown fox jumps over the lazy dog. ";
        };
        byte[] bytes = sample.getBytes(UTF_8);
        text.clear();
        while (text.remaining() >= bytes.length) text.put(bytes);
        while (text.hasRemaining()) text.put((byte) ' ');
        text.clear();
    }

    @Benchmark
    public int check() {
        return Utf8Check.check(Utf8Check.VALID, text, 0, BYTES);
    }

    @Benchmark
    public int jdkDecodes() {
        decoder.reset().decode(text.clear(), decoded.clear(), true);
        return decoded.position();
    }
}
