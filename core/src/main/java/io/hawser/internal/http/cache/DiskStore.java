package io.hawser.internal.http.cache;

import io.hawser.Bytes;
import io.hawser.http.CacheEntry;
import io.hawser.http.CacheStore;
import io.hawser.internal.http.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers in a folder, one file a URL. A file is whole or not there; one that was damaged is a miss and is removed,
/// and one that cannot be written, because the disk is full, is not stored. Both are counted.
///
/// Thread: safe from any; updates of one key follow each other. Reading and writing block.
public final class DiskStore implements CacheStore {
    private static final Logger LOG = LoggerFactory.getLogger(DiskStore.class);
    private static final String SUFFIX = ".entry";
    private static final int LOCKS = 64;

    private final Path folder;
    private final DiskIndex index;
    private final FileChannel inUse;
    private final LongAdder failures = new LongAdder();
    private final Object[] locks = new Object[LOCKS];

    private DiskStore(Path folder, DiskIndex index, FileChannel inUse) {
        this.folder = folder;
        this.index = index;
        this.inUse = inUse;
        for (int i = 0; i < LOCKS; i++) locks[i] = new Object();
    }

    /// The store in `folder`, with what is there already.
    public static DiskStore open(Path folder, long maxBytes) throws IOException {
        if (maxBytes < 0) throw new IllegalArgumentException("maxBytes " + maxBytes + ": at least 0");
        Files.createDirectories(folder);
        FileChannel inUse =
                FileChannel.open(folder.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!isFree(inUse)) throw new IOException(folder + ": another cache uses this folder");
            DiskStore store = new DiskStore(folder, new DiskIndex(maxBytes), inUse);
            store.scan();
            return store;
        } catch (IOException | RuntimeException failure) {
            inUse.close();
            throw failure;
        }
    }

    private static boolean isFree(FileChannel inUse) throws IOException {
        try {
            return inUse.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    /// Those used longest ago first; files tell that by their date.
    private void scan() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted(Comparator.comparing(DiskStore::date)).toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".new")) Files.deleteIfExists(file);
                if (name.endsWith(SUFFIX)) admit(file);
            }
        }
        evict();
    }

    private static FileTime date(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private void admit(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            EntryFormat.Content content = EntryFormat.read(bytes);
            if (!file.equals(file(content.key()))) throw new IOException("under a wrong name");
            index.put(content.key(), new DiskIndex.Row(file, bytes.length, Variants.tags(content.variants())));
        } catch (IOException damaged) {
            failed("read", file, damaged);
            delete(file);
        }
    }

    private Path file(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(Bytes.wrap(digest).toHex() + SUFFIX);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }

    private Object lock(String key) {
        return locks[Math.floorMod(key.hashCode(), LOCKS)];
    }

    @Override
    public List<CacheEntry> load(String key) {
        DiskIndex.Row row = index.use(key);
        if (row == null) return List.of();
        try {
            EntryFormat.Content content = EntryFormat.read(Files.readAllBytes(row.file()));
            if (!content.key().equals(key)) throw new IOException("under a wrong name");
            return content.variants();
        } catch (NoSuchFileException removedMeanwhile) {
            index.remove(key);
            return List.of();
        } catch (IOException damaged) {
            failed("read", row.file(), damaged);
            synchronized (lock(key)) {
                index.remove(key);
                delete(row.file());
            }
            return List.of();
        }
    }

    @Override
    public void update(String key, UnaryOperator<List<CacheEntry>> change) {
        synchronized (lock(key)) {
            List<CacheEntry> changed = change.apply(load(key));
            Path file = file(key);
            if (changed.isEmpty()) {
                if (index.use(key) != null) delete(file);
                index.remove(key);
                return;
            }
            Bytes bytes = EntryFormat.write(key, changed);
            try {
                AtomicFile.write(file, bytes, false);
                index.put(key, new DiskIndex.Row(file, bytes.size(), Variants.tags(changed)));
            } catch (IOException full) {
                // What was there may be older than what was to replace it.
                failed("written", file, full);
                index.remove(key);
                delete(file);
            }
        }
        evict();
    }

    private void evict() {
        for (DiskIndex.Row row : index.overflow()) delete(row.file());
    }

    @Override
    public int removeIf(BiPredicate<String, List<String>> condition) {
        List<String> keys = index.keys(condition);
        for (String key : keys) update(key, variants -> List.of());
        return keys.size();
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            failed("removed", file, failure);
        }
    }

    private void failed(String what, Path file, IOException failure) {
        failures.increment();
        LOG.warn("The stored answer {} could not be {}: {}", file, what, failure.toString());
    }

    @Override
    public long sizeBytes() {
        return index.bytes();
    }

    @Override
    public long failures() {
        return failures.sum();
    }

    /// Leaves the files where they are.
    @Override
    public void close() {
        try {
            inUse.close();
        } catch (IOException failure) {
            LOG.warn("{} could not be given up: {}", folder, failure.toString());
        }
    }
}
