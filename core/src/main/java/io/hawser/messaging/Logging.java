package io.hawser.messaging;

import java.lang.System.Logger.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs the size of each payload that passes, with connection, frame type and number; never what it holds.
///
/// It sees payloads as they are at its place in the pipeline: before compression it logs what the application
/// sent, after it what goes on the wire. It is local: the peer need not have it.
public final class Logging implements Stage {
    private static final String DEFAULT_LOGGER = "io.hawser.messaging.pipeline";

    private final String logger;
    private final Level level;

    private Logging(String logger, Level level) {
        this.logger = logger;
        this.level = level;
    }

    /// A stage that logs at DEBUG to `io.hawser.messaging.pipeline`.
    public static Logging defaults() {
        return new Logging(DEFAULT_LOGGER, Level.DEBUG);
    }

    /// The same with another logger.
    public Logging withLogger(String logger) {
        return new Logging(logger, level);
    }

    /// The same with another level; `OFF` logs nothing, `ALL` is `TRACE`.
    public Logging withLevel(Level level) {
        return new Logging(logger, level);
    }

    @Override
    public String name() {
        return "logging";
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Transform sending(StageContext context) {
        return logged("sends", context);
    }

    @Override
    public Transform receiving(StageContext context) {
        return logged("receives", context);
    }

    private Transform logged(String verb, StageContext context) {
        if (level == Level.OFF) return (frameType, sequence, payload) -> payload;
        Logger target = LoggerFactory.getLogger(logger);
        org.slf4j.event.Level at = slf4j(level);
        return (frameType, sequence, payload) -> {
            if (target.isEnabledForLevel(at)) {
                target.atLevel(at)
                        .log(
                                "{} {} frame type {} message {}: {} bytes",
                                context.connection(),
                                verb,
                                "0x%04x".formatted(frameType),
                                sequence,
                                payload.size());
            }
            return payload;
        };
    }

    private static org.slf4j.event.Level slf4j(Level level) {
        return switch (level) {
            case ALL, TRACE -> org.slf4j.event.Level.TRACE;
            case DEBUG -> org.slf4j.event.Level.DEBUG;
            case INFO -> org.slf4j.event.Level.INFO;
            case WARNING -> org.slf4j.event.Level.WARN;
            case ERROR, OFF -> org.slf4j.event.Level.ERROR;
        };
    }

    @Override
    public String toString() {
        return "Logging[" + logger + " at " + level + "]";
    }
}
