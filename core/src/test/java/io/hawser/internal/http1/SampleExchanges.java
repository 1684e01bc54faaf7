package io.hawser.internal.http1;

import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.HttpHandler;
import io.hawser.http.Response;

/// Requests, handlers and answers that the tests of the link use in turn.
final class SampleExchanges {
    static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    static final String CHUNKED = "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    static final HttpHandler PATH = request -> Response.of(200, Headers.EMPTY, Body.text(request.rawPath()));
    static final HttpHandler ECHO = request -> Response.of(200, Headers.EMPTY, request.body());

    private SampleExchanges() {}

    static String post(int length) {
        return "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\n";
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
