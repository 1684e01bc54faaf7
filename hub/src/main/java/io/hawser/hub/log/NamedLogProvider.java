package io.hawser.hub.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LogbackServiceProvider;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.CoreConstants;

/// Logback with [StderrLog], by name: SLF4J, and then Logback, would look for what to use in every jar of the
/// class path, and a start would open all of them for that.
public final class NamedLogProvider extends LogbackServiceProvider {
    public NamedLogProvider() {}

    /// Lets SLF4J take this one, unless it was told of another. Does nothing once something has been logged.
    public static void choose() {
        if (System.getProperty("slf4j.provider") != null) return;
        System.setProperty("slf4j.provider", NamedLogProvider.class.getName());
        // It would say on standard error which one it has been told to take.
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    @Override
    public void initialize() {
        if (System.getProperty(StderrLog.FILE) != null) {
            super.initialize();
            return;
        }
        LoggerContext context = (LoggerContext) getLoggerFactory();
        context.setName(CoreConstants.DEFAULT_CONTEXT_NAME);
        context.setMDCAdapter((LogbackMDCAdapter) getMDCAdapter());
        StderrLog log = new StderrLog();
        log.setContext(context);
        var _ = log.configure(context);
        context.start();
    }
}
