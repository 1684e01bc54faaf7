package io.hawser.http;

import io.hawser.Bytes;
import java.util.Optional;

/// One part of a form of several parts: a field or a file.
///
/// @param name of the field
/// @param fileName of a file: its last segment only, without a path, control characters or the names of
///     folders. Still the client's choice: make a name of your own to store it
/// @param headers `Content-Type` and what else there is, without `Content-Disposition`
/// @param body its content; of a part that is being read, good until the next part is asked for
public record Part(String name, Optional<String> fileName, Headers headers, Body body) {
    /// A field with text.
    public static Part field(String name, String value) {
        return new Part(name, Optional.empty(), Headers.EMPTY, Body.of(Bytes.ofUtf8(value)));
    }

    /// A file.
    public static Part file(String name, String fileName, String contentType, Body body) {
        return new Part(name, Optional.of(fileName), Headers.of("Content-Type", contentType), body);
    }
}
