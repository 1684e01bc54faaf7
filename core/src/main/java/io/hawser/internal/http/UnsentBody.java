package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import java.util.OptionalLong;

/// The body that an answer to HEAD, or a 304, speaks of and does not have.
///
/// @param length that it would have, where that is said. Source: RFC 9110 section 8.6
public record UnsentBody(OptionalLong length) implements Body {
    /// As a `Content-Length` says.
    ///
    /// @param contentLength the value of that field, or empty
    public static UnsentBody of(String contentLength) {
        boolean isNumber = !contentLength.isEmpty()
                && contentLength.length() <= 18
                && contentLength.chars().allMatch(c -> c >= '0' && c <= '9');
        return new UnsentBody(isNumber ? OptionalLong.of(Long.parseLong(contentLength)) : OptionalLong.empty());
    }

    @Override
    public Bytes read() {
        return Bytes.EMPTY;
    }
}
