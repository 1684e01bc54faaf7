package io.hawser.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hawser.Bytes;
import io.hawser.messaging.Compression;
import io.hawser.messaging.Logging;
import io.hawser.messaging.Pipeline;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("test.pipeline");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
    }

    @Test
    void itLogsSizesAndNumbersAndNothingThatIsSaid() {
        Logging logging = Logging.defaults().withLogger("test.pipeline").withLevel(System.Logger.Level.INFO);
        BoundPair pair =
                BoundPair.of(Pipeline.of(logging, Compression.deflate(), logging), Pipeline.of(Compression.deflate()));
        Bytes payload = Bytes.ofUtf8("secret ".repeat(100));
        pair.toServer(payload);
        pair.toClient(payload);
        List<String> lines =
                appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("client sends frame type 0x0010 message 0: 700 bytes");
        assertThat(lines.get(1)).matches("client sends frame type 0x0010 message 0: \\d\\d bytes");
        assertThat(lines.get(2)).matches("client receives frame type 0x0010 message 0: \\d\\d bytes");
        assertThat(lines.get(3)).isEqualTo("client receives frame type 0x0010 message 0: 700 bytes");
        assertThat(lines.toString())
                .doesNotContain("secret", payload.slice(0, 4).toHex());
        assertThat(appender.list).allMatch(event -> event.getLevel() == Level.INFO);
    }

    @Test
    void everyLevelIsThatOfTheLogger() {
        for (System.Logger.Level level : System.Logger.Level.values()) {
            Pipeline pipeline =
                    Pipeline.of(Logging.defaults().withLogger("test.pipeline").withLevel(level));
            BoundPair.of(pipeline, Pipeline.of()).toServer(Bytes.EMPTY);
        }
        assertThat(appender.list.stream().map(ILoggingEvent::getLevel))
                .containsExactly(Level.TRACE, Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR);
    }

    @Test
    void aLoggerThatIsOffGetsNothing() {
        logger.setLevel(Level.WARN);
        Pipeline pipeline = Pipeline.of(Logging.defaults().withLogger("test.pipeline"));
        BoundPair.of(pipeline).toServer(Bytes.EMPTY);
        assertThat(appender.list).isEmpty();
    }
}
