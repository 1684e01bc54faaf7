package io.hawser.internal.http.cache;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// What a store on disk holds, in the order of its use.
///
/// Lock: this monitor guards all fields; nothing is waited for with it.
final class DiskIndex {
    private final long maxBytes;
    private final Map<String, Row> rows = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    DiskIndex(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// One key: its file, the file's size, and its surrogate keys.
    record Row(Path file, long bytes, List<String> tags) {}

    synchronized @Nullable Row use(String key) {
        return rows.get(key);
    }

    synchronized void put(String key, Row row) {
        Row old = rows.put(key, row);
        bytes += row.bytes() - (old == null ? 0 : old.bytes());
    }

    synchronized void remove(String key) {
        Row old = rows.remove(key);
        if (old != null) bytes -= old.bytes();
    }

    /// The keys used longest ago that must go for the rest to fit; they are gone from here.
    synchronized List<Row> overflow() {
        List<Row> gone = new ArrayList<>();
        var oldest = rows.values().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            Row row = oldest.next();
            oldest.remove();
            bytes -= row.bytes();
            gone.add(row);
        }
        return gone;
    }

    synchronized List<String> keys(BiPredicate<String, List<String>> condition) {
        List<String> keys = new ArrayList<>();
        rows.forEach((key, row) -> {
            if (condition.test(key, row.tags())) keys.add(key);
        });
        return keys;
    }

    synchronized long bytes() {
        return bytes;
    }
}
