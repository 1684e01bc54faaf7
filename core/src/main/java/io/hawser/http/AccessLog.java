package io.hawser.http;

import io.hawser.TimeSource;
import io.hawser.internal.http.AccessEntry;
import io.hawser.internal.http.AccessFormat;
import io.hawser.internal.http.CountedBody;
import io.hawser.internal.http.NetworkBody;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/// Writes one line for each request that was answered: when the answer is made, or for a body of unknown
/// length when that has been sent or has failed.
///
/// Goes outside of [ErrorAnswers], so that it sees what clients get; what a handler throws past it is
/// logged with the status that its server answers. No character of a request can end a line or add one.
/// Queries are logged, so they must hold no secret; field values are not, except `User-Agent` and `Referer`.
///
/// Thread: `lines` is called on the threads of handlers and of sending; it must not block for long.
public final class AccessLog implements Filter {
    private final Function<AccessEntry, String> format;
    private final Consumer<String> lines;
    private final TimeSource time;

    private AccessLog(Function<AccessEntry, String> format, Consumer<String> lines, TimeSource time) {
        this.format = format;
        this.lines = lines;
        this.time = time;
    }

    /// The "common" format: address, user, time, request line, status, bytes. Goes to the logger
    /// `io.hawser.http.access`.
    public static AccessLog common() {
        return new AccessLog(AccessFormat::common, logger(), TimeSource.system());
    }

    /// The "combined" format that most tools read: the common one, and referer and agent. Goes to the logger
    /// `io.hawser.http.access`.
    public static AccessLog combined() {
        return new AccessLog(AccessFormat::combined, logger(), TimeSource.system());
    }

    /// One JSON object a line: `time`, `remote`, `method`, `target`, `version`, `status`, `bytes`,
    /// `micros`, `request`, `user`, `agent`, `referer`; what is not known is left out. Goes to the logger
    /// `io.hawser.http.access`.
    public static AccessLog json() {
        return new AccessLog(AccessFormat::json, logger(), TimeSource.system());
    }

    /// This log, written to `lines`.
    public AccessLog to(Consumer<String> changed) {
        return new AccessLog(format, changed, time);
    }

    AccessLog on(TimeSource clock) {
        return new AccessLog(format, lines, clock);
    }

    private static Consumer<String> logger() {
        return LoggerFactory.getLogger("io.hawser.http.access")::info;
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        long began = time.nanoTime();
        Response response;
        try {
            response = next.handle(request);
        } catch (Throwable failure) {
            log(request, Problem.of(failure).status(), 0, began);
            throw failure;
        }
        Body body = response.body();
        if (body instanceof NetworkBody arriving && arriving.isTooLong()) {
            log(request, Status.CONTENT_TOO_LARGE, 0, began);
            return response;
        }
        boolean isSent = !request.method().equals(Method.HEAD) && !Status.isBodiless(response.status());
        if (!isSent || body.length().isPresent()) {
            log(request, response.status(), isSent ? body.length().getAsLong() : 0, began);
            return response;
        }
        int status = response.status();
        return Response.of(
                status, response.headers(), new CountedBody(body, bytes -> log(request, status, bytes, began)));
    }

    private void log(Request request, int status, long bytes, long began) {
        long micros = (time.nanoTime() - began) / 1000;
        lines.accept(format.apply(new AccessEntry(request, status, bytes, micros, time.now())));
    }
}
