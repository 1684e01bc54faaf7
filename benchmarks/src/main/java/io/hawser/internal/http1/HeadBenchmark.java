package io.hawser.internal.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hawser.http.Headers;
import io.hawser.http.Response;
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

/// What the head of a request costs to read, and that of an answer to write, without the network.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HeadBenchmark {
    private static final String SHORT = "GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n";
    private static final String BROWSER = """
            GET /shop/items/42?page=3&order=price HTTP/1.1
            Host: shop.example.com
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
            Accept-Language: en-US,en;q=0.5
            Accept-Encoding: gzip, deflate, br, zstd
            Referer: https://shop.example.com/shop/items/41
            Connection: keep-alive
            Cookie: session=0123456789abcdef0123456789abcdef; theme=dark
            Upgrade-Insecure-Requests: 1
            Sec-Fetch-Dest: document
            Sec-Fetch-Mode: navigate
            Sec-Fetch-Site: same-origin

            """.replace("\n", "\r\n");

    @Param({"short", "browser"})
    private String kind = "short";

    private byte[] request = new byte[0];
    private final byte[] out = new byte[1024];
    private final RequestParser parser = new RequestParser(HeadLimits.DEFAULTS);
    private final Response response = Response.text("Hello, World!");

    @Setup
    public void fill() {
        request = (kind.equals("short") ? SHORT : BROWSER).getBytes(ISO_8859_1);
    }

    @Benchmark
    public Headers parse() {
        parser.parse(request, 0, request.length);
        return parser.takeHeaders();
    }

    /// Fields that are made anew, as a handler does.
    @Benchmark
    public int write() {
        var fields = EncodedFields.of(
                Headers.of("Content-Type", "text/plain; charset=utf-8").with("Cache-Control", "no-store"));
        return HeadWriter.write(response, fields, 13, HeadWriter.Fate.GOES_ON, out, 0);
    }

    /// Fields that are the same again, which are encoded once.
    @Benchmark
    public int writeAgain() {
        var fields = EncodedFields.of(response.headers());
        return HeadWriter.write(response, fields, 13, HeadWriter.Fate.GOES_ON, out, 0);
    }
}
