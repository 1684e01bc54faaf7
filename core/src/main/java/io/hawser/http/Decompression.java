package io.hawser.http;

import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.coding.ContentCoding;
import io.hawser.internal.http.coding.DecodedBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks servers for compressed content, and gives it to the caller as it was before.
///
/// A request that says itself what it takes (`Accept-Encoding`) or asks for a range is passed on, and its answer
/// is left as it is; so is an answer in a coding that is not known here. Content in several codings is freed of
/// them in their order. It is decoded while it is read, so a live stream stays live; trailers are kept.
///
/// Errors of reading: [LimitExceeded] beyond the bounds, [io.hawser.ProtocolError] for content that is not of its
/// coding, or ends before it does.
///
/// @param maxBytes of decoded content; default 4 GiB. Whoever takes a whole body has a bound of their own
/// @param maxRatio how many times larger than what was sent, beyond the first 10 MiB; default 200
/// @param codings what is asked for, preferred first; default `zstd`, `br`, `gzip`, `deflate`. `zstd` and `br` need
///     their libraries, as in [ResponseCompression]
///
/// Source: RFC 9110 sections 8.4 and 12.5.3
public record Decompression(long maxBytes, int maxRatio, List<String> codings) implements Filter {
    private static final int MAX_CODINGS = 3;

    public Decompression {
        if (maxBytes < 1) throw new IllegalArgumentException("maxBytes " + maxBytes + ": at least 1");
        if (maxRatio < 1) throw new IllegalArgumentException("maxRatio " + maxRatio + ": at least 1");
        List<String> available = new ArrayList<>();
        for (String name : codings) {
            ContentCoding coding = ContentCoding.named(name)
                    .orElseThrow(
                            () -> new IllegalArgumentException("coding " + name + ": of zstd, br, gzip and deflate"));
            if (coding.isAvailable()) available.add(coding.token());
        }
        codings = List.copyOf(available);
    }

    public static Decompression defaults() {
        return new Decompression(4L << 30, 200, List.of("zstd", "br", "gzip", "deflate"));
    }

    public Decompression withMaxBytes(long changed) {
        return new Decompression(changed, maxRatio, codings);
    }

    public Decompression withMaxRatio(int changed) {
        return new Decompression(maxBytes, changed, codings);
    }

    public Decompression withCodings(String... changed) {
        return new Decompression(maxBytes, maxRatio, List.of(changed));
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        boolean asks = !request.headers().has(Names.ACCEPT_ENCODING)
                && !request.headers().has(Names.RANGE);
        if (!asks || codings.isEmpty()) return next.handle(request);
        Response response = next.handle(request.withHeader(Names.ACCEPT_ENCODING, String.join(", ", codings)));
        if (!response.headers().has(Names.CONTENT_ENCODING) || !hasContent(request, response)) return response;
        return decoded(response);
    }

    private static boolean hasContent(Request request, Response response) {
        return !request.method().equals(Method.HEAD)
                && !Status.isBodiless(response.status())
                && response.status() != Status.PARTIAL_CONTENT
                && response.upgrade().isEmpty();
    }

    private Response decoded(Response response) {
        List<ContentCoding> applied = new ArrayList<>();
        for (String name : response.headers().list(Names.CONTENT_ENCODING)) {
            if (name.equalsIgnoreCase("identity")) continue;
            Optional<ContentCoding> coding = ContentCoding.named(name).filter(ContentCoding::isAvailable);
            if (coding.isEmpty()) return response;
            applied.add(coding.get());
        }
        if (applied.size() > MAX_CODINGS) {
            response.body().close();
            throw new LimitExceeded("content codings", MAX_CODINGS, applied.size(), Processed.MAYBE);
        }
        Body body = response.body();
        for (ContentCoding coding : applied.reversed()) body = new DecodedBody(body, coding, maxBytes, maxRatio);
        Headers headers = response.headers().toBuilder()
                .remove(Names.CONTENT_ENCODING)
                .remove(Names.CONTENT_LENGTH)
                .build();
        return Response.of(response.status(), headers, body);
    }
}
