package io.hawser.internal.http;

import io.hawser.http.Headers;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import java.time.Instant;
import java.util.Optional;

/// Conditional requests, judged in the order that the rules give. Source: RFC 9110 section 13.2.2
public final class Preconditions {
    private Preconditions() {}

    /// 304 or 412 if that is the answer, 0 if the request goes on.
    ///
    /// @param tag of the representation, empty if it has none
    /// @param lastModified in whole seconds, where it is known
    public static int judge(Request request, String tag, Optional<Instant> lastModified) {
        Headers headers = request.headers();
        if (headers.has(Names.IF_MATCH)) {
            if (!EntityTags.matches(headers.all(Names.IF_MATCH), tag, true)) return Status.PRECONDITION_FAILED;
        } else if (headers.has(Names.IF_UNMODIFIED_SINCE)
                && isModifiedAfter(headers.value(Names.IF_UNMODIFIED_SINCE, ""), lastModified)) {
            return Status.PRECONDITION_FAILED;
        }
        boolean reading =
                request.method().equals(Method.GET) || request.method().equals(Method.HEAD);
        if (headers.has(Names.IF_NONE_MATCH)) {
            if (!EntityTags.matches(headers.all(Names.IF_NONE_MATCH), tag, false)) return 0;
            return reading ? Status.NOT_MODIFIED : Status.PRECONDITION_FAILED;
        }
        return reading && isUnmodified(headers, lastModified) ? Status.NOT_MODIFIED : 0;
    }

    /// A date that is none is no condition.
    private static boolean isModifiedAfter(String date, Optional<Instant> lastModified) {
        Optional<Instant> limit = HttpDates.parse(date);
        return limit.isPresent()
                && lastModified.isPresent()
                && lastModified.get().isAfter(limit.get());
    }

    private static boolean isUnmodified(Headers headers, Optional<Instant> lastModified) {
        if (!headers.has(Names.IF_MODIFIED_SINCE)) return false;
        Optional<Instant> since = HttpDates.parse(headers.value(Names.IF_MODIFIED_SINCE, ""));
        return since.isPresent()
                && lastModified.isPresent()
                && !lastModified.get().isAfter(since.get());
    }

    /// Whether the ranges that are asked for are of this very representation. Source: RFC 9110 section 13.1.5
    public static boolean rangeApplies(Request request, String tag, Optional<Instant> lastModified) {
        Optional<String> condition = request.headers().first(Names.IF_RANGE);
        if (condition.isEmpty()) return true;
        String value = condition.get();
        if (value.startsWith("\"") || value.startsWith("W/")) return EntityTags.areEqual(value, tag, true);
        Optional<Instant> date = HttpDates.parse(value);
        return date.isPresent() && date.equals(lastModified);
    }

    /// The 304 in place of `response`: without what is only about a body. Source: RFC 9110 section 15.4.5
    public static Response notModified(Response response) {
        Headers headers = response.headers()
                .without(Names.CONTENT_TYPE)
                .without(Names.CONTENT_ENCODING)
                .without(Names.CONTENT_LENGTH)
                .without(Names.CONTENT_RANGE)
                .without("Content-Language");
        return Response.of(Status.NOT_MODIFIED).withHeaders(headers);
    }
}
