package io.hawser.internal.http1;

import io.hawser.Bytes;
import io.hawser.http.Headers;
import io.hawser.internal.outbound.ClientCall;

/// The head of a request, and perhaps all of it, on its way from the caller to the event loop.
///
/// @param target in the form that whoever gets it wants
/// @param authority for the field `Host`, where the fields have none
/// @param length of the body, or one of [HeadWriter]'s
/// @param content the body, where it is sent with the head
/// @param isWhole whether nothing follows
record Ask(
        ClientCall call,
        String method,
        String target,
        String authority,
        EncodedFields fields,
        long length,
        Bytes content,
        boolean isWhole) {
    static Ask of(ClientCall call, String target, Headers headers, long length, Bytes content, boolean isWhole) {
        return new Ask(
                call,
                call.request().method().name(),
                target,
                call.origin().authority(),
                EncodedFields.of(headers),
                length,
                content,
                isWhole);
    }

    int headSizeAtMost() {
        return HeadWriter.MOST_BESIDE_FIELDS + fields.size() + method.length() + target.length() + authority.length();
    }

    int sizeAtMost() {
        return headSizeAtMost() + content.size();
    }
}
