package io.hawser.hub;

import io.hawser.Rejected;
import io.hawser.http.Filter;
import io.hawser.http.HttpHandler;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import java.time.Duration;
import java.util.function.IntSupplier;

/// Answers a request for a WebSocket 503 while there are as many as there may be.
final class SocketLimit implements Filter {
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final IntSupplier open;
    private volatile int most;

    /// @param open how many there are
    SocketLimit(int most, IntSupplier open) {
        this.most = most;
        this.open = open;
    }

    void most(int changed) {
        most = changed;
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        if (request.headers().lists("Upgrade", "websocket") && open.getAsInt() >= most) {
            return Problem.of(new Rejected("as many WebSockets as there may be", COME_BACK))
                    .response();
        }
        return next.handle(request);
    }
}
