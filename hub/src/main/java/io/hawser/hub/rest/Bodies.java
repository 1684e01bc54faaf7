package io.hawser.hub.rest;

import io.hawser.Bytes;
import io.hawser.http.Request;
import io.hawser.hub.v1.MessageLimit;
import io.hawser.hub.v1.Payload;

/// What administrators send: a value if it is JSON, and bytes otherwise.
///
/// @param limit of the message that it becomes; the body alone is no longer, either
record Bodies(MessageLimit limit) {
    Payload payload(Request request, Bytes body) {
        String type = request.headers().value("Content-Type", "");
        int end = type.indexOf(';');
        String plain = (end < 0 ? type : type.substring(0, end)).strip();
        boolean isJson = plain.equalsIgnoreCase("application/json") || plain.endsWith("+json");
        return isJson ? Payload.json(body) : Payload.bytes(body);
    }

    Bytes bytes(Request request) {
        return request.body().bytes(limit.maxBytes());
    }

    Payload payload(Request request) {
        return payload(request, bytes(request));
    }
}
