package io.hawser.hub.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/// How much is logged, which is read and changed while the hub runs:
/// `/api/v1/log?logger=io.hawser&level=debug`.
///
/// Thread: safe from any.
public final class LogLevels {
    private static final Set<String> LEVELS = Set.of("trace", "debug", "info", "warn", "error", "off");

    private LogLevels() {}

    /// The level of the logger that is named, be it its own or that of the part it belongs to; without a name,
    /// every logger that has one of its own.
    public static Response read(Request request) {
        return request.query("logger")
                .map(name -> of(name, LogLevels::form))
                .orElseGet(() -> in(loggers -> Response.json(Map.of(
                        "loggers",
                        loggers.getLoggerList().stream()
                                .filter(logger -> logger.getLevel() != null)
                                .map(LogLevels::form)
                                .toList()))));
    }

    /// Gives the logger that is named another one from now on; without a name, all that have none of their own.
    public static Response change(Request request) {
        String level = request.query("level").orElse("").toLowerCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            return Problem.of(Status.BAD_REQUEST, "level '" + level + "': trace, debug, info, warn, error or off")
                    .response();
        }
        return of(request.query("logger").orElse(org.slf4j.Logger.ROOT_LOGGER_NAME), logger -> {
            logger.setLevel(Level.toLevel(level));
            return form(logger);
        });
    }

    private static Map<String, Object> form(Logger logger) {
        return Map.of(
                "logger",
                logger.getName(),
                "level",
                logger.getEffectiveLevel().toString().toLowerCase(Locale.ROOT));
    }

    private static Response of(String name, Function<Logger, Map<String, Object>> answer) {
        // Asking for one by its name would make it.
        return in(loggers -> Optional.ofNullable(loggers.exists(name))
                .map(logger -> Response.json(answer.apply(logger)))
                .orElseGet(() -> Problem.of(Status.NOT_FOUND, "there is no logger " + name)
                        .response()));
    }

    private static Response in(Function<LoggerContext, Response> answer) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) return answer.apply(loggers);
        return Problem.of(Status.NOT_IMPLEMENTED, "the log is another than the hub's own")
                .response();
    }
}
