package io.hawser.hub.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import io.hawser.http.Body;
import io.hawser.http.Request;
import io.hawser.http.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LogLevelsTest {
    private static final String NAME = LogLevelsTest.class.getName();

    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();

    private static int put(String query) {
        return LogLevels.change(Request.put("/api/v1/log?" + query, Body.empty()))
                .status();
    }

    private static String read(String query) {
        Response response = LogLevels.read(Request.get("/api/v1/log" + query));
        assertThat(response.status()).isEqualTo(200);
        return response.body().text();
    }

    @AfterEach
    void asItWas() {
        loggers.getLogger(NAME).setLevel(null);
    }

    @Test
    void aLoggerLogsMoreFromNowOn() {
        assertThat(LoggerFactory.getLogger(NAME).isTraceEnabled()).isFalse();
        assertThat(put("level=TRACE&logger=" + NAME)).isEqualTo(200);
        assertThat(LoggerFactory.getLogger(NAME).isTraceEnabled()).isTrue();
        assertThat(put("level=info&logger=" + NAME)).isEqualTo(200);
        assertThat(LoggerFactory.getLogger(NAME).isTraceEnabled()).isFalse();
    }

    @Test
    void theLevelThatWasSetIsRead() {
        assertThat(put("level=error&logger=" + NAME)).isEqualTo(200);
        assertThat(read("?logger=" + NAME)).contains("\"logger\":\"" + NAME + "\"", "\"level\":\"error\"");
    }

    @Test
    void whoHasNoLevelOfItsOwnHasThatOfThePartItBelongsTo() {
        String part = LogLevelsTest.class.getPackageName();
        loggers.getLogger(NAME);
        loggers.getLogger(part).setLevel(ch.qos.logback.classic.Level.WARN);
        try {
            assertThat(read("?logger=" + NAME)).contains("\"level\":\"warn\"");
            assertThat(read("")).contains(part).doesNotContain(NAME);
        } finally {
            loggers.getLogger(part).setLevel(null);
        }
    }

    @Test
    void withoutANameThoseAreListedThatHaveALevelOfTheirOwn() {
        assertThat(read("")).contains("\"ROOT\"").doesNotContain(NAME);
        assertThat(put("level=off&logger=" + NAME)).isEqualTo(200);
        assertThat(read("")).contains("\"ROOT\"", NAME);
    }

    @Test
    void whatIsNotThereIsNotMade() {
        assertThat(put("level=info&logger=no.such.logger")).isEqualTo(404);
        assertThat(LogLevels.read(Request.get("/api/v1/log?logger=no.such.logger"))
                        .status())
                .isEqualTo(404);
        assertThat(loggers.exists("no.such.logger")).isNull();
    }

    @Test
    void aLevelThatIsNoneIs400() {
        assertThat(put("level=loud")).isEqualTo(400);
    }
}
