package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every store of a cache keeps, and what one on disk survives.
final class CacheStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private CacheStore open(String kind, long maxBytes) throws IOException {
        return kind.equals("memory") ? CacheStore.inMemory(maxBytes) : CacheStore.onDisk(folder, maxBytes);
    }

    private static CacheEntry entry(String text, String... tags) {
        Headers headers = Headers.of("Content-Type", "text/plain", "X", "caf\u00e9", "X", "two");
        return new CacheEntry(
                200, headers, Bytes.ofUtf8(text), NOW, NOW.plusMillis(5), Map.of("accept", "d1"), List.of(tags));
    }

    private static void put(CacheStore store, String key, CacheEntry... variants) {
        store.update(key, before -> List.of(variants));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".entry")).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "disk"})
    void variantsComeBackAsTheyWereUntilTheyGo(String kind) throws Exception {
        try (CacheStore store = open(kind, 1 << 20)) {
            assertThat(store.load("k")).isEmpty();
            put(store, "k", entry("one", "a", "b"), entry("two"));
            assertThat(store.load("k")).containsExactly(entry("one", "a", "b"), entry("two"));
            store.update("k", before -> before.subList(1, 2));
            assertThat(store.load("k")).containsExactly(entry("two"));
            assertThat(store.sizeBytes()).isPositive();
            store.update("k", before -> List.of());
            assertThat(store.load("k")).isEmpty();
            assertThat(store.sizeBytes()).isZero();
            assertThat(store.failures()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "disk"})
    void theSizeIsBounded(String kind) throws Exception {
        try (CacheStore store = open(kind, 100_000)) {
            for (int i = 0; i < 100; i++) put(store, "k" + i, entry("x".repeat(5_000)));
            assertThat(store.sizeBytes()).isBetween(50_000L, 100_000L);
            long kept = 0;
            for (int i = 0; i < 100; i++) kept += store.load("k" + i).size();
            assertThat(kept).isBetween(10L, 20L);
            put(store, "huge", entry("x".repeat(200_000)));
            assertThat(store.load("huge")).isEmpty();
        }
    }

    @Test
    void theFieldsOfAnAnswerCountAsItsContentDoes() {
        CacheEntry small = entry("x");
        CacheEntry large = small.refreshed(small.headers().with("X-Large", "y".repeat(10_000)), NOW, NOW);
        assertThat(large.sizeBytes() - small.sizeBytes()).isBetween(10_007L, 11_000L);
        try (CacheStore store = CacheStore.inMemory(100_000)) {
            for (int i = 0; i < 100; i++) put(store, "k" + i, large);
            assertThat(store.sizeBytes()).isBetween(10_000L, 100_000L);
            long kept = 0;
            for (int i = 0; i < 100; i++) kept += store.load("k" + i).size();
            assertThat(kept).isBetween(1L, 9L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "disk"})
    void keysAreRemovedByNameAndByTag(String kind) throws Exception {
        try (CacheStore store = open(kind, 1 << 20)) {
            put(store, "a", entry("1", "red"), entry("2", "green"));
            put(store, "b", entry("3", "red"));
            put(store, "c", entry("4"));
            assertThat(store.removeIf((key, tags) -> tags.contains("green"))).isEqualTo(1);
            assertThat(store.load("a")).isEmpty();
            assertThat(store.removeIf((key, tags) -> key.equals("c"))).isEqualTo(1);
            assertThat(store.removeIf((key, tags) -> tags.contains("blue"))).isZero();
            assertThat(store.load("b")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "disk"})
    void updatesOfOneKeyFollowEachOther(String kind) throws Exception {
        try (CacheStore store = open(kind, 1 << 20)) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 20; i++) {
                    String text = "v" + i;
                    threads.submit(() -> store.update("k", before -> {
                        List<CacheEntry> more = new ArrayList<>(before);
                        more.add(entry(text));
                        return more;
                    }));
                }
            }
            assertThat(store.load("k")).hasSize(20);
        }
    }

    @Test
    void aDiskSurvivesARestart() throws Exception {
        try (CacheStore store = open("disk", 1 << 20)) {
            put(store, "k", entry("one", "tag"));
        }
        Files.writeString(folder.resolve(".half.new"), "left behind");
        Files.writeString(folder.resolve("README"), "somebody's");
        try (CacheStore store = open("disk", 1 << 20)) {
            assertThat(store.load("k")).containsExactly(entry("one", "tag"));
            assertThat(store.sizeBytes()).isEqualTo(Files.size(files().getFirst()));
            assertThat(store.removeIf((key, tags) -> tags.contains("tag"))).isEqualTo(1);
        }
        assertThat(folder.resolve(".half.new")).doesNotExist();
        assertThat(folder.resolve("README")).exists();
    }

    @Test
    void aSmallerBoundRemovesTheOldestAtTheStart() throws Exception {
        try (CacheStore store = open("disk", 1 << 20)) {
            for (int i = 0; i < 10; i++) put(store, "k" + i, entry("x".repeat(1_000)));
        }
        try (CacheStore store = open("disk", 3_000)) {
            assertThat(store.sizeBytes()).isBetween(1_000L, 3_000L);
            assertThat(files()).hasSize(2);
        }
    }

    @Test
    void everyDamageIsAMissAndIsCounted() throws Exception {
        try (CacheStore store = open("disk", 1 << 20)) {
            put(store, "k", entry("one", "tag"));
        }
        Path file = files().getFirst();
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x41;
            damaged(file, bad);
        }
        for (int length : List.of(0, 1, 15, 16, good.length / 2, good.length - 1)) {
            damaged(file, Arrays.copyOf(good, length));
        }
        Files.write(file, good);
        try (CacheStore store = open("disk", 1 << 20)) {
            Files.write(file, new byte[100]);
            assertThat(store.load("k")).isEmpty();
            assertThat(store.failures()).isEqualTo(1);
            assertThat(file).doesNotExist();
            put(store, "k", entry("again"));
            assertThat(store.load("k")).containsExactly(entry("again"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aFileThatOnlyItsChecksumIsRightOfCostsItselfAlone(int keyLength) throws Exception {
        try (CacheStore store = open("disk", 1 << 20)) {
            put(store, "k", entry("one"));
        }
        ByteBuffer bytes = ByteBuffer.allocate(20);
        bytes.putInt(0x48574331).putInt(keyLength).putInt(0).putInt(0);
        CRC32C sum = new CRC32C();
        sum.update(bytes.array(), 0, 16);
        bytes.putInt((int) sum.getValue());
        Path odd = Files.write(folder.resolve("odd.entry"), bytes.array());
        try (CacheStore store = open("disk", 1 << 20)) {
            assertThat(store.load("k")).containsExactly(entry("one"));
            assertThat(store.failures()).isEqualTo(1);
        }
        assertThat(odd).doesNotExist();
    }

    private void damaged(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try (CacheStore store = open("disk", 1 << 20)) {
            assertThat(store.load("k")).isEmpty();
            assertThat(store.failures()).isEqualTo(1);
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aDiskThatTakesNothingIsAMissAndIsCounted() throws Exception {
        try (CacheStore store = open("disk", 1 << 20)) {
            put(store, "k", entry("one"));
            Path moved = folder.resolveSibling("moved");
            Files.move(folder, moved);
            Files.writeString(folder, "a file in the place of the folder");
            put(store, "k", entry("two"));
            assertThat(store.load("k")).isEmpty();
            assertThat(store.failures()).isPositive();
            Files.delete(folder);
            Files.move(moved, folder);
            put(store, "k", entry("three"));
            assertThat(store.load("k")).containsExactly(entry("three"));
        }
    }

    @Test
    void aFolderBelongsToOneStore() throws Exception {
        CacheStore store = open("disk", 1 << 20);
        assertThatThrownBy(() -> open("disk", 1 << 20))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another cache uses this folder");
        store.close();
        open("disk", 1 << 20).close();
    }
}
