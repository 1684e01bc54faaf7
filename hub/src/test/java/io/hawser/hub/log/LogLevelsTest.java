package io.hawser.hub.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import io.hawser.http.Body;
import io.hawser.http.Request;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LogLevelsTest {
    private static int put(String query) {
        return new LogLevels()
                .handle(Request.put("/api/v1/log?" + query, Body.empty()))
                .status();
    }

    @Test
    void aLoggerLogsMoreFromNowOn() {
        String name = LogLevelsTest.class.getName();
        assertThat(LoggerFactory.getLogger(name).isTraceEnabled()).isFalse();
        assertThat(put("level=TRACE&logger=" + name)).isEqualTo(200);
        assertThat(LoggerFactory.getLogger(name).isTraceEnabled()).isTrue();
        assertThat(put("level=info&logger=" + name)).isEqualTo(200);
    }

    @Test
    void whatIsNotThereIsNotMade() {
        assertThat(put("level=info&logger=no.such.logger")).isEqualTo(404);
        assertThat(((LoggerContext) LoggerFactory.getILoggerFactory()).exists("no.such.logger"))
                .isNull();
    }

    @Test
    void aLevelThatIsNoneIs400() {
        assertThat(put("level=loud")).isEqualTo(400);
    }
}
