package io.hawser.hub.access;

import io.hawser.http.HttpHandler;
import io.hawser.http.Parameters;
import io.hawser.http.Request;
import io.hawser.http.Response;
import java.util.Map;

/// `POST /login`: the admin token, as `{"token":"..."}` or in a form, for a cookie.
public record Login(Guard guard) implements HttpHandler {
    private static final int MAX_BYTES = 8 << 10;

    @Override
    public Response handle(Request request) throws Exception {
        return guard.login(request, token(request));
    }

    private static String token(Request request) {
        if (request.headers().value("Content-Type", "").startsWith("application/x-www-form-urlencoded")) {
            return Parameters.parse(request.body().text(MAX_BYTES)).value("token", "");
        }
        Object token = request.body().as(Map.class, MAX_BYTES).get("token");
        return token instanceof String text ? text : "";
    }
}
