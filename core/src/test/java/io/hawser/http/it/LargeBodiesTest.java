package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.HttpVersion;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.tcp.ListenConfig;
import io.netty.util.internal.PlatformDependent;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A GiB each way between our client and our server: every byte arrives, and what is in memory of both does
/// not grow with it.
@Tag("full")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class LargeBodiesTest {
    private static final long GIB = Long.getLong("hawser.bytes", 1L << 30);
    private static final long LOOK_EVERY = GIB / 8;
    private static final long MOST_BYTES = 48L << 20;

    /// Bytes that come from nowhere; says every so often how full the memory is.
    private static final class Source extends InputStream {
        private final CRC32C sum = new CRC32C();
        private final byte[] pattern = new byte[8191];
        private long given;

        Source() {
            for (int i = 0; i < pattern.length; i++) pattern[i] = (byte) (i * 31);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int at, int length) {
            if (given == GIB) return -1;
            int from = (int) (given % pattern.length);
            int count = (int) Math.min(Math.min(length, pattern.length - from), GIB - given);
            System.arraycopy(pattern, from, into, at, count);
            sum.update(into, at, count);
            given += count;
            return count;
        }
    }

    private record Read(long bytes, long sum, long mostMemory) {
        static Read all(InputStream in) throws Exception {
            CRC32C sum = new CRC32C();
            byte[] piece = new byte[64 << 10];
            long bytes = 0;
            long most = 0;
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                sum.update(piece, 0, count);
                if (bytes / LOOK_EVERY != (bytes + count) / LOOK_EVERY) most = Math.max(most, memory());
                bytes += count;
            }
            return new Read(bytes, sum.getValue(), most);
        }
    }

    /// What is in use of the heap, and of Netty's memory beside it.
    private static long memory() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    private static final HttpHandler HANDLER = request -> {
        if (request.path().equals("/down")) return Response.of(Status.OK, Headers.EMPTY, Body.of(new Source()));
        Read read = Read.all(request.body().asInputStream());
        return Response.json(Map.of("bytes", read.bytes, "sum", read.sum, "memory", read.mostMemory));
    };

    private static long number(Map<?, ?> told, String name) {
        return told.get(name) instanceof Number number ? number.longValue() : fail("no number %s in %s", name, told);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void aGibibyteGoesUpAndComesDownInConstantMemory(HttpVersion version) throws Exception {
        HttpConfig serving = HttpConfig.defaults().withMaxBodyBytes(2 * GIB);
        HttpClientConfig calling = HttpClientConfig.defaults().withVersions(version);
        try (HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), serving, HANDLER);
                HttpClient client = HttpClient.open(calling)) {
            String url = "http://" + server.endpoint();
            long before = memory();

            Source up = new Source();
            Map<?, ?> told = client.post(url + "/up")
                    .body(Body.of(up, GIB))
                    .timeout(Duration.ofMinutes(5))
                    .as(Map.class);
            assertThat(number(told, "bytes")).isEqualTo(GIB);
            assertThat(number(told, "sum")).isEqualTo(up.sum.getValue());
            assertThat(number(told, "memory")).isLessThan(before + MOST_BYTES);

            try (Body body = client.get(url + "/down")
                    .timeout(Duration.ofMinutes(5))
                    .send()
                    .body()) {
                Read down = Read.all(body.asInputStream());
                assertThat(down.bytes).isEqualTo(GIB);
                assertThat(down.sum).isEqualTo(up.sum.getValue());
                assertThat(down.mostMemory).isLessThan(before + MOST_BYTES);
            }
        }
    }
}
