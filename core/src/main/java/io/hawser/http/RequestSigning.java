package io.hawser.http;

import io.hawser.Bytes;
import io.hawser.internal.http.CrossedOrigin;

/// Signs the requests of a client.
///
/// The content is read into memory first, as its digest stands before it; what is larger than `maxBytes` is a
/// [io.hawser.LimitExceeded] and is not sent. Stands inside of whatever changes requests. Signs nothing that
/// [Redirects] led to another origin.
///
/// @param signer the scheme: [MessageSignatures] is the standard one, and any other is a lambda
/// @param maxBytes of content; default 10 MiB
public record RequestSigning(RequestSigner signer, long maxBytes) implements Filter {
    public RequestSigning {
        if (maxBytes < 0) throw new IllegalArgumentException("maxBytes " + maxBytes + ": at least 0");
    }

    public static RequestSigning by(RequestSigner signer) {
        return new RequestSigning(signer, Body.DEFAULT_MAX_BYTES);
    }

    public RequestSigning withMaxBytes(long changed) {
        return new RequestSigning(signer, changed);
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        if (CrossedOrigin.isMarked(request)) return next.handle(request);
        Bytes content = request.body().bytes(maxBytes);
        Headers.Builder headers = request.headers().toBuilder();
        signer.sign(request, content).forEach(headers::set);
        return next.handle(request.withBody(Body.of(content)).withHeaders(headers.build()));
    }
}
