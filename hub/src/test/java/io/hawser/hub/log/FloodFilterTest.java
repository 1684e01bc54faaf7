package io.hawser.hub.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

final class FloodFilterTest {
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Deque<Runnable> afterwards = new ArrayDeque<>();
    private final FloodFilter filter = new FloodFilter(appender, afterwards::add);

    private FilterReply decide(String words, long millis) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName("io.hawser.x");
        event.setMessage(words);
        event.setLevel(Level.WARN);
        event.setTimeStamp(millis);
        return filter.decide(event);
    }

    @Test
    void whatIsSaidTooOftenIsLeftOutAndCounted() {
        appender.start();
        for (int i = 0; i < 20; i++) assertThat(decide("lost {}", 1000 + i)).isEqualTo(FilterReply.NEUTRAL);
        for (int i = 0; i < 7; i++) assertThat(decide("lost {}", 2000)).isEqualTo(FilterReply.DENY);
        assertThat(decide("another", 2000)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(appender.list).isEmpty();
        assertThat(decide("lost {}", 11_001)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(appender.list)
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getFormattedMessage()).isEqualTo("7 more such lines were left out: lost {}"));
        assertThat(filter.decide(appender.list.getFirst())).isEqualTo(FilterReply.ACCEPT);
    }

    @Test
    void howManyWereLeftOutIsSaidWhenNothingElseIsLogged() {
        appender.start();
        for (int i = 0; i < 20; i++) decide("lost {}", 1000);
        assertThat(afterwards).isEmpty();
        for (int i = 0; i < 5; i++) decide("lost {}", 1000);
        assertThat(appender.list).isEmpty();
        afterwards.remove().run();
        assertThat(afterwards).isEmpty();
        assertThat(appender.list)
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getFormattedMessage()).isEqualTo("5 more such lines were left out: lost {}"));
        assertThat(decide("lost {}", 1001)).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void aFloodIsSummedUpOnce() {
        appender.start();
        for (int i = 0; i < 25; i++) decide("lost {}", 1000);
        decide("another", 11_001);
        assertThat(appender.list).hasSize(1);
        decide("lost {}", 11_002);
        afterwards.remove().run();
        assertThat(appender.list).hasSize(1);
    }

    @Test
    void everyRequestIsLoggedWhereSomebodyWantsThat() {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName("io.hawser.http.access");
        event.setMessage("the same each time");
        for (int i = 0; i < 100; i++) assertThat(filter.decide(event)).isEqualTo(FilterReply.ACCEPT);
    }

    @Test
    void manyKindsPushTheOldestOut() {
        appender.start();
        for (int i = 0; i < 21; i++) decide("first", 0);
        for (int i = 0; i < 300; i++) assertThat(decide("kind " + i, 1)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(appender.list).hasSize(1);
        assertThat(decide("first", 2)).isEqualTo(FilterReply.NEUTRAL);
    }
}
