package io.hawser.http;

import io.hawser.ProtocolError;
import io.hawser.internal.http.multipart.Boundary;
import io.hawser.internal.http.multipart.PartParser;
import java.util.Optional;

/// Reads a form of several parts as it comes, one part after another, without holding more than a piece of it.
///
/// ```java
/// MultipartReader form = MultipartReader.of(request);
/// for (Optional<Part> part = form.next(); part.isPresent(); part = form.next()) {
///     store(part.get().fileName(), part.get().body());
/// }
/// ```
///
/// Errors: [ProtocolError] with code 400 if the form is malformed or ends too early, 415 if it is none;
/// [io.hawser.LimitExceeded]; and those of the body.
///
/// Thread: one at a time. Source: RFC 7578, RFC 2046 section 5.1
public final class MultipartReader {
    private final PartParser parser;

    private MultipartReader(PartParser parser) {
        this.parser = parser;
    }

    /// Reads the body of `request`.
    ///
    /// @throws ProtocolError with code 415 if that is no `multipart/form-data`, 400 if it has no boundary
    public static MultipartReader of(Request request) {
        return of(request, MultipartLimits.defaults());
    }

    public static MultipartReader of(Request request, MultipartLimits limits) {
        return of(request.headers().value("Content-Type", ""), request.body(), limits);
    }

    /// Reads `body`, of which `contentType` gives the boundary.
    public static MultipartReader of(String contentType, Body body, MultipartLimits limits) {
        return new MultipartReader(new PartParser(body, Boundary.of(contentType), limits));
    }

    /// The next part; what is left of the one before is passed over. Empty after the last.
    public Optional<Part> next() {
        return parser.next();
    }
}
