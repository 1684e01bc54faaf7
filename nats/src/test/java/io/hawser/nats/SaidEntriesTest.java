package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SaidEntriesTest {
    private final SaidEntries<String> entries = new SaidEntries<>();
    private final List<String> written = new ArrayList<>();

    private CompletableFuture<?> write(String key, @Nullable String value) {
        written.add(key + '=' + value);
        return CompletableFuture.completedFuture(null);
    }

    private void flush() throws IOException {
        assertThat(entries.flush(this::write)).isTrue();
    }

    @Test
    void manyAreUnderWayAtOnceAndTheNextWhenTheseAreStored() throws Exception {
        for (int i = 0; i < 300; i++) entries.put("k" + i, "v");
        List<CompletableFuture<Void>> first = new ArrayList<>();
        CompletableFuture<Void> all = new CompletableFuture<>();
        CompletableFuture<Boolean> flushed = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                flushed.complete(entries.flush((key, value) -> {
                    if (first.size() == SaidEntries.AT_ONCE) return write(key, value);
                    first.add(new CompletableFuture<>());
                    if (first.size() == SaidEntries.AT_ONCE) all.complete(null);
                    return first.getLast();
                }));
            } catch (IOException e) {
                flushed.completeExceptionally(e);
            }
        });
        all.get(30, TimeUnit.SECONDS);
        assertThat(flushed).isNotDone();
        first.forEach(each -> each.complete(null));
        assertThat(flushed.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(written).hasSize(300 - SaidEntries.AT_ONCE);
    }

    @Test
    void ofAKeyThatChangesOnlyTheLastStateIsWritten() throws Exception {
        entries.put("a", "1");
        entries.put("b", "1");
        entries.put("a", "2");
        flush();
        flush();
        assertThat(written).containsExactly("a=2", "b=1");
    }

    @Test
    void whatChangesWhileItIsUnderWayIsWrittenAfterwards() throws Exception {
        entries.put("a", "1");
        assertThat(entries.flush((key, value) -> {
                    if (written.isEmpty()) entries.remove("a");
                    return write(key, value);
                }))
                .isTrue();
        assertThat(written).containsExactly("a=1", "a=null");
    }

    @Test
    void whatIsGoneBeforeItWasSaidIsNotWritten() throws Exception {
        entries.put("a", "1");
        entries.remove("a");
        flush();
        assertThat(written).isEmpty();
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenWithTheNextFlushAsItIsThen() throws Exception {
        entries.put("a", "1");
        entries.put("b", "1");
        assertThatIOException()
                .isThrownBy(() -> entries.flush(
                        (key, value) -> CompletableFuture.failedFuture(new IllegalStateException("not connected"))))
                .withMessageContaining("not connected");
        entries.remove("a");
        flush();
        assertThat(written).containsExactlyInAnyOrder("a=null", "b=1");
    }

    @Test
    void ofVeryManyAPartIsWrittenAndTheRestWithTheNextFlush() throws Exception {
        int count = 17 * SaidEntries.AT_ONCE;
        for (int i = 0; i < count; i++) entries.put("k" + i, "v");
        assertThat(entries.flush(this::write)).isFalse();
        assertThat(written).hasSize(16 * SaidEntries.AT_ONCE);
        flush();
        assertThat(written).hasSize(count).doesNotHaveDuplicates();
    }

    @Test
    void everythingIsSaidAgainAndTakenBack() throws Exception {
        entries.put("a", "1");
        flush();
        entries.repeat();
        flush();
        entries.put("b", "never said");
        entries.clear();
        flush();
        flush();
        assertThat(written).containsExactly("a=1", "a=1", "a=null");
    }
}
