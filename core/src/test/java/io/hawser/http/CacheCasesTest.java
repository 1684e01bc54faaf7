package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Runs the table of cases in `http-cache-cases.txt`, for a cache of one client and for a shared one.
final class CacheCasesTest {
    private static final List<CacheCase> CASES = load();

    private static List<CacheCase> load() {
        try (InputStream table = CacheCasesTest.class.getResourceAsStream("/http-cache-cases.txt")) {
            return CacheCase.parse(new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8));
        } catch (java.io.IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @TestFactory
    Stream<DynamicTest> aCacheOfOneClientJudgesEveryCase() {
        return CASES.stream()
                .map(one -> DynamicTest.dynamicTest(one.name, () -> {
                    CacheCase.Verdict verdict = one.run(false);
                    assertThat(verdict.word()).as(verdict.status()).isEqualTo(one.expectedPrivate);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aSharedCacheJudgesEveryCase() {
        return CASES.stream()
                .map(one -> DynamicTest.dynamicTest(one.name, () -> {
                    CacheCase.Verdict verdict = one.run(true);
                    assertThat(verdict.word()).as(verdict.status()).isEqualTo(one.expectedShared);
                }));
    }

    @Test
    void theTableIsAsLargeAsPromisedAndNamesEachCaseOnce() {
        assertThat(CASES).hasSizeGreaterThan(150);
        assertThat(CASES).extracting(one -> one.name).doesNotHaveDuplicates();
    }
}
