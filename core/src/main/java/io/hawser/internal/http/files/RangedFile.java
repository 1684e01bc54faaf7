package io.hawser.internal.http.files;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Method;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.http.ByteRanges;
import io.hawser.internal.http.ByteRanges.ByteRange;
import io.hawser.internal.http.FileBody;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.Preconditions;
import io.hawser.internal.http.RandomText;
import io.hawser.internal.http.SequenceBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file, or the ranges of it that are asked for. Source: RFC 9110 sections 14 and 15.3.7
public final class RangedFile {
    private RangedFile() {}

    /// The answer to `request`.
    ///
    /// @param headers those of the whole file
    /// @param tag its validator
    /// @param lastModified its other validator, to the second
    public static Response answer(Request request, FoundFile file, Headers headers, String tag, Instant lastModified) {
        long size = file.size();
        Response whole = Response.of(Status.OK, headers, new FileBody(file.path(), 0, size));
        String field = request.headers().value(Names.RANGE, "");
        boolean ranged = !field.isEmpty()
                && request.method().equals(Method.GET)
                && Preconditions.rangeApplies(request, tag, Optional.of(lastModified));
        if (!ranged) return whole;
        Optional<List<ByteRange>> ranges = ByteRanges.parse(field, size);
        if (ranges.isEmpty()) return whole;
        return switch (ranges.get().size()) {
            case 0 -> unsatisfiable(size);
            case 1 -> one(file, headers, ranges.get().getFirst());
            default -> many(file, headers, ranges.get());
        };
    }

    private static Response unsatisfiable(long size) {
        return Problem.of(Status.RANGE_NOT_SATISFIABLE).response().withHeader(Names.CONTENT_RANGE, "bytes */" + size);
    }

    private static Response one(FoundFile file, Headers headers, ByteRange range) {
        return Response.of(
                Status.PARTIAL_CONTENT, headers.with(Names.CONTENT_RANGE, range.of(file.size())), region(file, range));
    }

    private static Response many(FoundFile file, Headers headers, List<ByteRange> ranges) {
        String boundary = RandomText.next(24);
        String type = headers.value(Names.CONTENT_TYPE, "application/octet-stream");
        List<Body> parts = new ArrayList<>();
        for (ByteRange range : ranges) {
            String head = "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
                    .formatted(boundary, type, range.of(file.size()));
            parts.add(Body.of(Bytes.ofUtf8(parts.isEmpty() ? head.substring(2) : head)));
            parts.add(region(file, range));
        }
        parts.add(Body.of(Bytes.ofUtf8("\r\n--" + boundary + "--\r\n")));
        String multipart = "multipart/byteranges; boundary=" + boundary;
        return Response.of(
                Status.PARTIAL_CONTENT,
                headers.with(Names.CONTENT_TYPE, multipart),
                new SequenceBody(parts, multipart));
    }

    private static Body region(FoundFile file, ByteRange range) {
        return new FileBody(file.path(), range.first(), range.length());
    }
}
