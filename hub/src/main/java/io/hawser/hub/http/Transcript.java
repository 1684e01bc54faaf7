package io.hawser.hub.http;

import io.hawser.http.Filter;
import io.hawser.http.HttpHandler;
import io.hawser.http.Request;
import io.hawser.http.Response;

/// Shows each request as it goes out and each answer as it comes in: innermost, so that those of redirects and
/// retries are shown too.
final class Transcript implements Filter {
    private final Screen screen;

    Transcript(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        screen.note("> " + lines(request.method() + " " + request.target() + screen.fields(request.headers()), "> "));
        Response response = next.handle(request);
        screen.note("< " + lines(screen.headOf(response), "< "));
        return response;
    }

    private static String lines(String text, String before) {
        return text.replace("\n", "\n" + before) + "\n" + before.strip();
    }
}
