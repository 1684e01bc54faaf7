package io.hawser.hub.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.hawser.hub.v1.ScriptedSession;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JsonLinesTest {
    private static LoggingEvent event(String words, Object... parts) {
        return event(Map.of("request", "r-1"), words, parts);
    }

    private static LoggingEvent event(Map<String, String> context, String words, Object... parts) {
        LoggingEvent event =
                new LoggingEvent("", new LoggerContext().getLogger("io.hawser.x"), Level.WARN, words, null, parts);
        event.setInstant(Instant.EPOCH);
        event.setThreadName("main");
        event.setMDCPropertyMap(context);
        return event;
    }

    private static JsonNode read(LoggingEvent event) {
        String line = new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
        assertThat(line).endsWith("\n");
        assertThat(line.lines()).hasSize(1);
        return new JsonMapper().readTree(line);
    }

    @Test
    void aLineIsOneObjectWhateverIsInIt() {
        JsonNode line = read(event("lost \"{}\"\n", "a\u0000b"));
        assertThat(line.get("message").asString()).isEqualTo("lost \"a\u0000b\"\n");
        assertThat(line.get("level").asString()).isEqualTo("warn");
        assertThat(line.get("logger").asString()).isEqualTo("io.hawser.x");
        assertThat(line.get("time").asString()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(line.get("request").asString()).isEqualTo("r-1");
        assertThat(line.has("stack")).isFalse();
    }

    @Test
    void aLineAboutASessionHasItsId() {
        assertThat(read(event("handler of {} failed: {}", new ScriptedSession("s-7"), "why"))
                        .get("session")
                        .asString())
                .isEqualTo("s-7");
        assertThat(read(event("no session")).has("session")).isFalse();
    }

    @Test
    void theSessionOfTheContextIsToldOnceAndBeforeTheOneThatTheLineNames() {
        LoggingEvent inContext = event(Map.of("session", "s-7"), "passed on from {}", new ScriptedSession("other"));
        assertThat(read(inContext).get("session").asString()).isEqualTo("s-7");
        assertThat(new String(new JsonLines().encode(inContext), StandardCharsets.UTF_8))
                .containsOnlyOnce("\"session\"");
    }

    @Test
    void whatWasThrownIsInTheLine() {
        assertThat(read(event("failed", new IllegalStateException("no")))
                        .get("stack")
                        .asString())
                .contains("IllegalStateException: no", "JsonLinesTest");
    }
}
