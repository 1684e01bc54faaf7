package io.hawser.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.testkit.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {
    @TempDir
    private Path folder;

    private Path file;
    private FileWatch watch;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("hub.conf"), "a");
        watch = FileWatch.of(file);
    }

    @Test
    void aChangeIsToldOnceWhenTwoLooksFindTheSame() throws IOException {
        assertThat(watch.look()).isFalse();
        Files.writeString(file, "ab");
        assertThat(watch.look()).isFalse();
        assertThat(watch.look()).isTrue();
        assertThat(watch.look()).isFalse();
    }

    @Test
    void aFileThatIsStillBeingWrittenIsLeftAlone() throws IOException {
        for (int i = 0; i < 5; i++) {
            Files.writeString(file, "b".repeat(i + 1));
            assertThat(watch.look()).isFalse();
        }
        assertThat(watch.look()).isTrue();
    }

    @Test
    void aFileThatIsGoneForAWhileIsNoChange() throws IOException {
        Files.delete(file);
        assertThat(watch.look()).isFalse();
        assertThat(watch.look()).isFalse();
        Files.writeString(file, "a");
        assertThat(watch.look()).isFalse();
        assertThat(watch.look()).isFalse();
        Files.writeString(file, "b");
        assertThat(watch.look()).isFalse();
        assertThat(watch.look()).isTrue();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void whatIsExchangedBehindALinkIsSeen() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "1");
        Path two = Files.writeString(folder.resolve("two"), "2");
        Path link = Files.createSymbolicLink(folder.resolve("link"), one);
        FileWatch linked = FileWatch.of(link);
        Files.delete(link);
        Files.createSymbolicLink(link, two);
        assertThat(linked.look()).isFalse();
        assertThat(linked.look()).isTrue();
    }

    @Test
    void whatIsKnownIsNoNews() throws IOException {
        Files.writeString(file, "b");
        watch.know();
        assertThat(watch.look()).isFalse();
        assertThat(watch.look()).isFalse();
    }

    @Test
    void itTellsWhatChangedSinceItWasKnownAndGoesOnAfterAFailure() throws IOException {
        FakeTime time = new FakeTime();
        AtomicInteger changes = new AtomicInteger();
        try (FileWatch started = FileWatch.of(file)) {
            Files.writeString(file, "b");
            started.start(time, () -> {
                if (changes.incrementAndGet() == 1) throw new IllegalStateException("the first");
            });
            awaitChanges(time, changes, 1);
            Files.writeString(file, "c");
            awaitChanges(time, changes, 2);
        }
    }

    private static void awaitChanges(FakeTime time, AtomicInteger changes, int count) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            time.advance(Duration.ofSeconds(1));
            return changes.get() == count;
        });
    }
}
