package io.hawser.http;

import io.hawser.internal.http.RandomText;
import io.hawser.internal.http.Tokens;
import io.hawser.session.Key;

/// Gives every request an id, which the answer carries in `X-Request-Id` and logs can name.
///
/// What the handler throws passes by without it: put [ErrorAnswers] inside of this. What the server answers
/// itself has none.
///
/// @param header the field that carries it
/// @param takeFromClient whether an id that comes with the request is kept, so that one travels through several
///     services; only behind a proxy that sets it, for whoever sets it chooses what is written into the logs
public record RequestIds(String header, boolean takeFromClient) implements Filter {
    private static final Key<String> ID = Key.of("request id");
    private static final int MAX_LENGTH = 128;

    public RequestIds {
        Tokens.check("header", header);
    }

    public static RequestIds defaults() {
        return new RequestIds("X-Request-Id", false);
    }

    public RequestIds withHeader(String changed) {
        return new RequestIds(changed, takeFromClient);
    }

    public RequestIds withTakeFromClient(boolean changed) {
        return new RequestIds(header, changed);
    }

    /// The id of `request`, `-` where none was given.
    public static String of(Request request) {
        return request.attribute(ID).orElse("-");
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        String id = id(request);
        return next.handle(request.withAttribute(ID, id)).withHeader(header, id);
    }

    private String id(Request request) {
        String given = takeFromClient ? request.headers().value(header, "") : "";
        return given.length() <= MAX_LENGTH && Tokens.isToken(given) ? given : RandomText.next(16);
    }
}
