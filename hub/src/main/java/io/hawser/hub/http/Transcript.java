package io.hawser.hub.http;

import io.hawser.http.CallTimings;
import io.hawser.http.Filter;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpVersion;
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
        HttpVersion version =
                request.attribute(CallTimings.KEY).map(CallTimings::version).orElse(HttpVersion.HTTP_1_1);
        screen.note("< " + lines(screen.headOf(version, response), "< "));
        return response;
    }

    private static String lines(String text, String before) {
        return text.replace("\n", "\n" + before) + "\n" + before.strip();
    }
}
