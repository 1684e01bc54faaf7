package io.hawser.nats.it;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/// What this module has warned of, while it is open.
final class Warnings extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.hawser.nats");
    private final List<String> told = new CopyOnWriteArrayList<>();

    Warnings() {
        start();
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) told.add(event.getFormattedMessage());
    }

    List<String> told() {
        return told;
    }

    /// Waits for one that has `part` in it.
    String await(String part) throws InterruptedException {
        for (int i = 0; i < 6000 && told.stream().noneMatch(each -> each.contains(part)); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(told).anyMatch(each -> each.contains(part));
        return told.stream().filter(each -> each.contains(part)).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        stop();
    }
}
