package io.hawser.http;

import io.hawser.Bytes;
import io.hawser.internal.http.BytesBody;
import io.hawser.internal.http.Encodings;
import io.hawser.internal.http.MediaTypes;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.VaryField;
import io.hawser.internal.http.coding.CompressedBody;
import io.hawser.internal.http.coding.ContentCoding;
import java.util.ArrayList;
import java.util.List;

/// Compresses answers for clients that ask for it: streams as they are written, what is in memory at once.
///
/// Left as they are: answers that are encoded already, are parts of a file, have no body, are shorter than
/// `minBytes`,
/// whose `Cache-Control` says `no-transform`, and those of types that compressing does not make smaller. A
/// strong `ETag`
/// becomes a weak one, since it was that of other bytes. Pages that put a secret beside what a stranger may
/// choose are
/// better not compressed over TLS (the BREACH attack): leave their route outside of this filter.
///
/// @param minBytes default 1 KiB; streams of unknown length are always long enough
/// @param codings of `zstd`, `br`, `gzip` and `deflate`, preferred first among those that a client weighs the
/// same;
///     `zstd` needs com.github.luben:zstd-jni and `br` needs com.aayushatharva.brotli4j:brotli4j, and without
///     their
///     library they are not offered
///
/// Source: RFC 9110 sections 8.4 and 12.5.3
public record ResponseCompression(int minBytes, List<String> codings) implements Filter {
    public ResponseCompression {
        if (minBytes < 0) throw new IllegalArgumentException("minBytes " + minBytes + ": at least 0");
        List<String> available = new ArrayList<>();
        for (String token : codings) {
            if (coding(token).isAvailable()) available.add(token);
        }
        codings = List.copyOf(available);
    }

    public static ResponseCompression defaults() {
        return new ResponseCompression(1 << 10, List.of("zstd", "br", "gzip", "deflate"));
    }

    public ResponseCompression withMinBytes(int changed) {
        return new ResponseCompression(changed, codings);
    }

    public ResponseCompression withCodings(String... changed) {
        return new ResponseCompression(minBytes, List.of(changed));
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        Response response = next.handle(request);
        if (!isCandidate(response)) return response;
        Response varying = VaryField.adding(response, Names.ACCEPT_ENCODING);
        if (request.method().equals(Method.HEAD)) return varying;
        boolean tooShort = response.body().length().orElse(Long.MAX_VALUE) < minBytes;
        if (tooShort && Encodings.takesIdentity(request.headers())) return varying;
        String chosen = Encodings.choose(request.headers(), codings);
        return chosen.equals(Encodings.IDENTITY) ? varying : compressed(varying, coding(chosen));
    }

    private static boolean isCandidate(Response response) {
        Headers headers = response.headers();
        return response.upgrade().isEmpty()
                && !Status.isBodiless(response.status())
                && response.status() != Status.PARTIAL_CONTENT
                && response.body().length().orElse(1) > 0
                && !headers.has(Names.CONTENT_ENCODING)
                && !headers.has(Names.CONTENT_RANGE)
                && !headers.lists(Names.CACHE_CONTROL, "no-transform")
                && MediaTypes.isCompressible(headers.value(Names.CONTENT_TYPE, ""));
    }

    private static Response compressed(Response response, ContentCoding coding) {
        Body body;
        if (response.body() instanceof BytesBody whole) {
            Bytes content = CompressedBody.whole(whole.content(), coding);
            if (content.size() >= whole.content().size()) return response;
            body = Body.of(content);
        } else {
            body = new CompressedBody(response.body().fromStart(), coding);
        }
        Headers.Builder headers = response.headers().toBuilder()
                .set(Names.CONTENT_ENCODING, coding.token())
                .remove(Names.CONTENT_LENGTH)
                .remove(Names.ACCEPT_RANGES);
        String tag = response.headers().value(Names.ETAG, "");
        if (tag.startsWith("\"")) headers.set(Names.ETAG, "W/" + tag);
        return Response.of(response.status(), headers.build(), body);
    }

    private static ContentCoding coding(String token) {
        return ContentCoding.named(token)
                .orElseThrow(() -> new IllegalArgumentException("coding " + token + ": of zstd, br, gzip and deflate"));
    }
}
