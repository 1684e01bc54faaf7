package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hawser.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cache whose disk, a small file system of its own, has no room left. Only root can mount one.
final class FullDiskTest {
    private static final int DISK_KIB = 256;

    @TempDir
    private Path folder;

    private Path disk = Path.of("");
    private boolean isMounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        isMounted = run("mount", "-t", "tmpfs", "-o", "size=" + DISK_KIB + "k", "tmpfs", disk.toString());
        assumeThat(isMounted).as("a file system can be mounted here").isTrue();
    }

    @AfterEach
    void unmount() throws Exception {
        if (isMounted) assertThat(run("umount", disk.toString())).isTrue();
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private static Response answer(int bytes) {
        return Response.ok(Body.of(Bytes.copyOf(new byte[bytes]))).withHeader("Cache-Control", "max-age=3600");
    }

    private static long length(HttpHandler client, String path) throws Exception {
        return client.handle(Request.get("http://h.example/" + path))
                .body()
                .bytes()
                .size();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(disk)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("in-use"))
                    .toList();
        }
    }

    /// Leaves so many KiB.
    private Path fill(int leftKib) throws IOException {
        Path filler = disk.resolve("filler");
        byte[] kib = new byte[1024];
        try (var out = Files.newOutputStream(filler)) {
            for (int i = 0; i < DISK_KIB - leftKib; i++) out.write(kib);
        } catch (IOException full) {
            // as full as that
        }
        return filler;
    }

    @Test
    void answersGoThroughAreNotStoredAndNothingHalfIsLeftUntilThereIsRoomAgain() throws Exception {
        HttpHandler origin = FakeOrigin.answering().then(request -> answer(40_000));
        try (CacheStore store = CacheStore.onDisk(disk, 10 << 20);
                HttpCache cache = HttpCache.of(HttpCacheConfig.defaults(), store)) {
            HttpHandler client = origin.with(cache);
            assertThat(length(client, "before")).isEqualTo(40_000);
            Path filler = fill(0);

            for (int i = 0; i < 20; i++) assertThat(length(client, "full-" + i)).isEqualTo(40_000);
            assertThat(store.failures()).isEqualTo(20);
            assertThat(files()).hasSize(2).contains("filler");
            assertThat(cache.stats().hits()).isZero();
            assertThat(length(client, "before")).as("what was there still is").isEqualTo(40_000);
            assertThat(cache.stats().hits()).isEqualTo(1);

            Files.delete(filler);
            assertThat(length(client, "after")).isEqualTo(40_000);
            assertThat(length(client, "after")).isEqualTo(40_000);
            assertThat(cache.stats().hits()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerThatCannotReplaceAnOlderOneTakesItAway() throws Exception {
        HttpHandler origin = FakeOrigin.answering(answer(1_000)).then(request -> answer(60_000));
        try (CacheStore store = CacheStore.onDisk(disk, 10 << 20);
                HttpCache cache = HttpCache.of(HttpCacheConfig.defaults(), store)) {
            HttpHandler client = origin.with(cache);
            assertThat(length(client, "one")).isEqualTo(1_000);
            Path filler = fill(0);
            Request reload = Request.get("http://h.example/one").withHeader("Cache-Control", "no-cache");
            assertThat(client.handle(reload).body().bytes().size()).isEqualTo(60_000);
            assertThat(files()).containsExactly(filler.getFileName().toString());
            assertThat(length(client, "one")).as("nobody gets the old one").isEqualTo(60_000);
        }
    }

    @Test
    void aFileOfCookiesThatCannotBeWrittenIsTheOldOneStill() throws Exception {
        Path file = disk.resolve("cookies");
        FakeOrigin origin = FakeOrigin.answering(Response.ok().withHeader("Set-Cookie", "a=1; Max-Age=3600"));
        try (CookieJar jar = CookieJar.open(file)) {
            var _ = origin.with(jar).handle(Request.get("https://h.example/"));
        }
        String before = Files.readString(file);
        Path filler = fill(0);
        CookieJar jar = CookieJar.open(file);
        for (int i = 0; i < 40; i++)
            jar.set("https://h.example/", "b" + i + "=" + "x".repeat(3_000) + "; Max-Age=3600");
        assertThatThrownBy(jar::close).hasMessageContaining("cookies");
        assertThat(Files.readString(file)).isEqualTo(before);
        Files.delete(filler);
        jar.close();
        assertThat(Files.readString(file)).contains("b39");
    }
}
