package io.hawser.internal.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hawser.benchmarks.jmh.SameWork;
import io.hawser.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/// How dear is the head of a request to read beside Netty's decoder: a tool's with three fields, a browser's
/// with twelve?
///
/// Both begin with what the transport has read, check method, target, version and fields, and know behind
/// the head whether there is a body.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RequestHeadBenchmark {
    private static final String CURL = """
            GET /plaintext HTTP/1.1
            Host: 127.0.0.1:8080
            User-Agent: curl/8.5.0
            Accept: */*

            """;
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

            """;

    @Param({"curl", "browser"})
    private String kind = "curl";

    private final RequestParser parser = new RequestParser(HeadLimits.DEFAULTS);
    private final Scratch scratch = Scratch.ofThisLoop();
    private final NettyHeads peer = new NettyHeads();
    private final ByteBuf request = PooledByteBufAllocator.DEFAULT.directBuffer();

    @Setup
    public void fill() throws Exception {
        String text = kind.equals("curl") ? CURL : BROWSER;
        request.writeBytes(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
        Headers ours = hawser();
        SameWork.require("complete", parser.isComplete(), true);
        HttpRequest theirs = netty();
        SameWork.require("read to its end", request.readableBytes(), 0);
        SameWork.require("parts: head and end", peer.parts(), 2);
        SameWork.require("understood", theirs.decoderResult().isSuccess(), true);
        SameWork.require("method", parser.method().name(), theirs.method().name());
        SameWork.require("target", parser.target(), theirs.uri());
        SameWork.require("HTTP/1.1", parser.isHttp11(), theirs.protocolVersion().minorVersion() == 1);
        SameWork.require("fields", fields(ours), fields(theirs));
    }

    private static List<String> fields(Headers headers) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < headers.size(); i++) lines.add(line(headers.nameAt(i), headers.valueAt(i)));
        return lines;
    }

    private static List<String> fields(HttpRequest request) {
        return request.headers().entries().stream()
                .map(field -> line(field.getKey(), field.getValue()))
                .toList();
    }

    private static String line(String name, String value) {
        return name.toLowerCase(Locale.ROOT) + ": " + value;
    }

    @TearDown
    public void release() {
        request.release();
        peer.close();
    }

    @Benchmark
    public Headers hawser() {
        int count = request.writerIndex();
        request.getBytes(0, scratch.in, 0, count);
        parser.parse(scratch.in, 0, count);
        return parser.takeHeaders();
    }

    @Benchmark
    public HttpRequest netty() throws Exception {
        return peer.read(request.readerIndex(0));
    }
}
