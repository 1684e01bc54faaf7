package io.hawser.hub.log;

import io.hawser.StartupFailed;
import io.hawser.http.AccessLog;
import io.hawser.http.HttpHandler;

/// A line in the log for each request over HTTP, where the environment asks for it: `HAWSER_ACCESS_LOG` is
/// `common`, `combined` or `json`, whatever the level of the rest. Without, a request costs nothing here.
public final class AccessLines {
    /// Its lines go there.
    static final String LOGGER = "io.hawser.http.access";

    static final String VARIABLE = "HAWSER_ACCESS_LOG";

    private AccessLines() {}

    /// `handler`, with a log around it if there is to be one.
    ///
    /// @throws StartupFailed if the environment names no such format
    public static HttpHandler around(HttpHandler handler) {
        String format = System.getenv(VARIABLE);
        return format == null ? handler : handler.with(log(format));
    }

    static AccessLog log(String format) {
        return switch (format) {
            case "common" -> AccessLog.common();
            case "combined" -> AccessLog.combined();
            case "json" -> AccessLog.json();
            default -> throw new StartupFailed(VARIABLE + " '" + format + "': common, combined or json", null);
        };
    }
}
