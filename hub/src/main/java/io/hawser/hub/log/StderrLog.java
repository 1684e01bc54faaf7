package io.hawser.hub.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Optional;
import org.slf4j.Logger;

/// Logs to standard error: standard output belongs to what a verb answers.
///
/// Lines are for people, with the ids of the request and the session where one is handled; those of the hub
/// are JSON where nobody sits at a terminal, or as `HAWSER_LOG_FORMAT` (`text` or `json`) says. The level is
/// that of `HAWSER_LOG` (`info` where it is unset). A file of one's own, named by the system property
/// `logback.configurationFile`, replaces all of it. In code rather than in XML, whose parser costs a start
/// 50 ms.
public final class StderrLog extends ContextAwareBase implements Configurator {
    /// Set to `json` before the first line is logged where no person reads.
    public static final String FORMAT = "hawser.log.format";

    /// Names a configuration of Logback that replaces this one.
    static final String FILE = "logback.configurationFile";

    private static final String JSON = "json";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(FILE) != null) return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        Level level =
                Level.toLevel(Optional.ofNullable(System.getenv("HAWSER_LOG")).orElse("info"), Level.INFO);

        Encoder<ILoggingEvent> encoder = isJson() ? new JsonLines() : new PlainLines();
        encoder.setContext(context);
        encoder.start();

        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder);
        stderr.addFilter(new FloodFilter(stderr));
        stderr.start();

        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(stderr);
        if (System.getenv(AccessLines.VARIABLE) != null) {
            context.getLogger(AccessLines.LOGGER).setLevel(Level.INFO);
        }
        // The ready line says it; elsewhere nobody asked.
        context.getLogger("io.hawser.internal.io.Transports")
                .setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.WARN : level);
        // What Netty says below a warning is about itself, unless somebody asked for everything.
        context.getLogger("io.netty").setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.WARN : level);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static boolean isJson() {
        String asked = System.getenv("HAWSER_LOG_FORMAT");
        return asked == null ? JSON.equals(System.getProperty(FORMAT)) : asked.equalsIgnoreCase(JSON);
    }
}
