package io.hawser.hub.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlainLinesTest {
    private static String line(Map<String, String> context, String words, Object... parts) {
        LoggingEvent event =
                new LoggingEvent("", new LoggerContext().getLogger("io.hawser.x"), Level.WARN, words, null, parts);
        event.setInstant(Instant.parse("2026-11-01T00:00:00Z"));
        event.setThreadName("main");
        event.setMDCPropertyMap(context);
        return new String(new PlainLines().encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void aLineForPeopleEndsWithTheRequestThatItIsAbout() {
        assertThat(line(Map.of("request", "r-1"), "lost {}", "it")).endsWith(" WARN  x [main] lost it request=r-1\n");
        assertThat(line(Map.of("session", "s-7"), "lost")).endsWith("] lost session=s-7\n");
        assertThat(line(Map.of(), "lost"))
                .endsWith("] lost\n")
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:00\\.000\\S+ .*\n");
    }

    @Test
    void nothingInItBeginsALineOrCommandsATerminal() {
        assertThat(line(
                        Map.of("request", "r\n1"),
                        "said {}",
                        "no\r\n2026 ERROR forged\u001b[2J\u009b1\u2028\u202e\tcaf\u00e9"))
                .endsWith(
                        "] said no\\r\\n2026 ERROR forged\\u001b[2J\\u009b1\\u2028\\u202e\tcaf\u00e9 request=r\\n1\n");
    }

    @Test
    void norDoesAnythingInWhatWasThrown() {
        Exception cause = new IllegalArgumentException("no\n2026 ERROR forged\u001b[2J\n\nmore");
        String logged = line(Map.of(), "failed", new IllegalStateException("bad", cause));
        assertThat(logged.lines()).element(1).isEqualTo("java.lang.IllegalStateException: bad");
        assertThat(logged.lines().skip(2)).isNotEmpty().allMatch(line -> line.startsWith("\t"));
        assertThat(logged)
                .contains("\t2026 ERROR forged\\u001b[2J\n", "IllegalArgumentException: no\n", "PlainLinesTest");
    }
}
