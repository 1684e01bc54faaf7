package io.hawser.hub.config;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that a file holds something else, by reading it every second: so it also sees what is exchanged
/// behind a symbolic link, on any file system.
///
/// A change counts when two looks have found the same, so that a file that is still being written is left
/// alone; so is one that is gone for a while, which is how editors write. Of a longer file the first 4 MiB are
/// looked at.
///
/// Thread: safe from any; `changed` runs on a thread of its own, one at a time.
///
/// Lock: this monitor guards what was seen.
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int MAX_BYTES = 4 << 20;

    private final Path file;
    private @Nullable Bytes known;
    private @Nullable Bytes seen;
    private volatile @Nullable Thread looking;

    private FileWatch(Path file) {
        this.file = file;
        this.known = read(file);
        this.seen = known;
    }

    /// What `file` holds now is known; nothing looks at it before [#start].
    public static FileWatch of(Path file) {
        return new FileWatch(file);
    }

    /// Runs `changed` whenever the file has changed since it was known, until this is closed. What it throws
    /// is logged.
    public void start(TimeSource time, Runnable changed) {
        Thread thread = Thread.ofVirtual().name("hawser-config").unstarted(() -> lookUntilInterrupted(time, changed));
        looking = thread;
        thread.start();
    }

    private void lookUntilInterrupted(TimeSource time, Runnable changed) {
        try {
            while (true) {
                time.sleep(INTERVAL);
                if (look()) run(changed);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Runnable changed) {
        try {
            changed.run();
        } catch (RuntimeException failure) {
            LOG.error("{} has changed, and could not be taken over", file, failure);
        }
    }

    /// Reads the file now.
    ///
    /// @return whether it has changed
    synchronized boolean look() {
        Bytes now = read(file);
        boolean isSettled = now != null && Objects.equals(now, seen) && !Objects.equals(now, known);
        seen = now;
        if (isSettled) known = now;
        return isSettled;
    }

    /// What the file holds now is no news: somebody reads it anyway.
    public synchronized void know() {
        known = read(file);
        seen = known;
    }

    private static @Nullable Bytes read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Bytes.wrap(in.readNBytes(MAX_BYTES));
        } catch (IOException gone) {
            return null;
        }
    }

    @Override
    public void close() {
        Thread thread = looking;
        if (thread != null) thread.interrupt();
    }
}
