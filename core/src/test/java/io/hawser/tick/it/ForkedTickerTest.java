package io.hawser.tick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.StartupFailed;
import io.hawser.tick.HeldLock;
import io.hawser.tick.SharedMap;
import io.hawser.tick.SharedState;
import io.hawser.tick.Ticker;
import io.hawser.tick.TickerHandler;
import io.hawser.tick.TickerStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// Tickers in processes of their own.
@Timeout(300)
final class ForkedTickerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SharedState shared = SharedState.inProcess();
    private final SharedMap<String> words = shared.map("words", Beat.TEXT);

    private long ticks() {
        return shared.counter("ticks").value();
    }

    private ProcessHandle process() {
        return ProcessHandle.of(Long.parseLong(words.find("pid").orElseThrow())).orElseThrow();
    }

    @Test
    void aStartEndsAtTheDeadlineOfItsCaller() {
        assertThatThrownBy(() -> Deadline.within(Duration.ofMillis(1), () -> Ticker.fork(Beat.class, shared)))
                .isInstanceOf(DeadlineExceeded.class)
                .hasMessageContaining("ticker Beat to start");
    }

    @Test
    void bothProcessesSeeTheSameValues() {
        Logger logger = (Logger) LoggerFactory.getLogger("io.hawser.tick.Beat");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        try (Ticker ticker = Ticker.fork(Beat.class, shared)) {
            assertThat(ticker.name()).isEqualTo("beat");
            ProcessHandle process = process();
            assertThat(process.pid()).isNotEqualTo(ProcessHandle.current().pid());
            assertThat(process.parent()).contains(ProcessHandle.current());
            words.put("question", "do you see this?");
            await().atMost(PATIENCE).until(() -> words.find("answer").isPresent());
            assertThat(words.find("answer")).contains("do you see this?!");
            await().atMost(PATIENCE).until(() -> ticks() >= 3);
            await().atMost(PATIENCE).until(() -> ticker.stats().ticks() >= 3);

            assertThat(ticker.drain(PATIENCE).cut()).isZero();
            assertThat(process.isAlive()).isFalse();
            TickerStats stats = ticker.stats();
            assertThat(stats.ticks()).isEqualTo(ticks());
            assertThat(stats.failed()).isZero();
            assertThat(stats.restarts()).isZero();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(List.copyOf(log.list))
                            .extracting(ILoggingEvent::getFormattedMessage)
                            .contains("the first tick of " + process.pid(), "stopped in order"));
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
    }

    @Test
    void aProcessThatIsKilledIsReplacedAndItsLockIsFree() {
        try (Ticker ticker = Ticker.fork(Beat.class, shared)) {
            ProcessHandle first = process();
            words.put("lock", "take it");
            await().atMost(PATIENCE).until(() -> words.find("locked").isPresent());
            assertThat(shared.lock("precious").tryAcquire()).isEmpty();
            words.remove("lock");
            first.destroyForcibly();
            try (HeldLock held = shared.lock("precious").acquire()) {
                assertThat(held.isHeld()).isTrue();
            }
            long before = ticks();
            await().atMost(PATIENCE).until(() -> ticks() > before);
            assertThat(process()).isNotEqualTo(first);
            assertThat(shared.counter("starts").value()).isEqualTo(2);
            assertThat(ticker.stats().restarts()).isEqualTo(1);
        }
    }

    @Test
    void noProcessIsLeftWhenTheParentIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForkingProgram.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String said = firstLine(parent);
            ProcessHandle ticker = ProcessHandle.of(Long.parseLong(said.substring("beat ".length())))
                    .orElseThrow();
            assertThat(ticker.isAlive()).isTrue();
            parent.destroyForcibly().waitFor();
            await().atMost(PATIENCE).until(() -> !ticker.isAlive());
        } finally {
            parent.destroyForcibly();
        }
    }

    private static String firstLine(Process process) throws Exception {
        try (var out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("beat ")) return line;
            }
            throw new AssertionError("the program ended");
        }
    }

    @Test
    void aStartHookThatThrowsThereIsAFailedStartHere() {
        assertThatThrownBy(() -> Ticker.fork(BrokenBeat.class, shared))
                .isInstanceOf(StartupFailed.class)
                .hasMessage("ticker BrokenBeat does not start: no database today");
    }

    @Test
    void aHandlerThatFailsAsItIsMadeThereIsAFailedStartHere() {
        assertThatThrownBy(() -> Ticker.fork(UnmadeBeat.class, shared))
                .isInstanceOf(StartupFailed.class)
                .hasMessage("ticker UnmadeBeat does not start: a class that is not there");
    }

    @Test
    void aHandlerThatCannotBeMadeIsRefusedBeforeAProcessStarts() {
        TickerHandler closure = TickerHandler.of("c", new Beat().schedule(), tick -> {});
        assertThatThrownBy(() -> Ticker.fork(closure.getClass(), shared)).isInstanceOf(IllegalArgumentException.class);
    }
}
