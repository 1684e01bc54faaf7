package io.hawser.hub.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.hawser.http.HttpHandler;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;

/// Changes how much is logged while the hub runs: `PUT /api/v1/log?logger=io.hawser&level=debug`.
public final class LogLevels implements HttpHandler {
    private static final Set<String> LEVELS = Set.of("trace", "debug", "info", "warn", "error", "off");

    public LogLevels() {}

    @Override
    public Response handle(Request request) {
        String name = request.query("logger").orElse(org.slf4j.Logger.ROOT_LOGGER_NAME);
        String level = request.query("level").orElse("").toLowerCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            return Problem.of(Status.BAD_REQUEST, "level '" + level + "': trace, debug, info, warn, error or off")
                    .response();
        }
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers)) {
            return Problem.of(Status.NOT_IMPLEMENTED, "the log is another than the hub's own")
                    .response();
        }
        // Asking for one by its name would make it.
        Logger logger = loggers.exists(name);
        if (logger == null) {
            return Problem.of(Status.NOT_FOUND, "there is no logger " + name).response();
        }
        logger.setLevel(Level.toLevel(level));
        return Response.json(Map.of("logger", name, "level", level));
    }
}
