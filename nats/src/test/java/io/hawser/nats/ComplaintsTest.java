package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hawser.testkit.FakeTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class ComplaintsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Complaints.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final FakeTime time = new FakeTime();
    private final Complaints complaints = new Complaints(time);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    private List<String> told() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void ofEachKindThereIsOneWarningAMinuteWhichCountsTheOthers() {
        for (int i = 0; i < 5; i++) complaints.about("noise", "here");
        complaints.about("smoke", "there");
        assertThat(told()).containsExactly("passed over noise: here", "passed over smoke: there");
        time.advance(Duration.ofMinutes(1));
        complaints.about("noise", "again");
        complaints.about("noise", "again");
        assertThat(told())
                .hasSize(3)
                .last()
                .isEqualTo("passed over noise: again, and 4 more since the last warning of it");
    }

    @Test
    void ofWhereItCameIsShownWhatHarmsNoLog() {
        complaints.about("noise", "a\nb\u001b[2J\u00e4" + "x".repeat(1000));
        assertThat(told().getFirst())
                .startsWith("passed over noise: a?b?[2J?xxx")
                .hasSizeLessThan(150);
    }
}
