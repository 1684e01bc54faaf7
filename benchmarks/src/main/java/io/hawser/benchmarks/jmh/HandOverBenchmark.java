package io.hawser.benchmarks.jmh;

import io.hawser.hub.bench.MsgiProtocol;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

/// What a broadcast costs the thread that makes it: a task for the event loop, however many sessions it has.
///
/// The one session is asked on its loop whether it wants the message, and does not, so that sending is no part
/// of it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HandOverBenchmark {
    private static final int PAYLOAD_BYTES = 128;
    private static final int MOST_WAITING = 10_000;

    private final AtomicInteger waiting = new AtomicInteger();
    private final Message message = Message.text("x".repeat(PAYLOAD_BYTES));
    private final MessagingServer server =
            MessagingServer.start(ListenConfig.on("127.0.0.1:0"), MessagingConfig.defaults(), Session::offer);
    private final Socket client = connect();

    private Socket connect() {
        try {
            return new Socket(
                    InetAddress.ofLiteral("127.0.0.1"), server.endpoint().port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One frame that comes back: then the session is there.
    @Setup
    public void greet() throws IOException {
        var protocol = new MsgiProtocol(PAYLOAD_BYTES);
        var frame = ByteBuffer.allocate(protocol.requestBytes());
        protocol.encode(frame, 0);
        client.getOutputStream().write(frame.array());
        var _ = client.getInputStream().readNBytes(protocol.responseBytes());
    }

    @TearDown
    public void stop() throws IOException {
        client.close();
        server.close();
    }

    /// So that what waits for the loop stays bounded, as the bounds of the sessions keep it.
    @Benchmark
    public int broadcast() {
        while (waiting.get() > MOST_WAITING) Thread.onSpinWait();
        waiting.incrementAndGet();
        var publisher = Thread.currentThread();
        return server.sessions().broadcast(message, _ -> {
            if (!Thread.currentThread().equals(publisher)) waiting.decrementAndGet();
            return false;
        });
    }
}
