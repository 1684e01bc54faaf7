package io.hawser.hub.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StderrLogTest {
    private static String line(Map<String, String> context) {
        LoggerContext loggers = new LoggerContext();
        PatternLayoutEncoder encoder = StderrLog.text();
        encoder.setContext(loggers);
        encoder.start();
        LoggingEvent event = new LoggingEvent("", loggers.getLogger("io.hawser.x"), Level.WARN, "lost", null, null);
        event.setMDCPropertyMap(context);
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void aLineForPeopleEndsWithTheRequestOrTheSessionThatItIsAbout() {
        assertThat(line(Map.of("request", "r-1"))).endsWith("] lost request=r-1\n");
        assertThat(line(Map.of("session", "s-7"))).endsWith("] lost session=s-7\n");
        assertThat(line(Map.of())).endsWith("] lost\n");
    }
}
