package io.hawser.http;

import io.hawser.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One stored answer to GET.
///
/// @param status of the answer
/// @param headers of the answer, without those of one connection
/// @param content all of it
/// @param requested when it was asked for, and
/// @param received when it came
/// @param variant the fields of the request that it depends on (those of `Vary`, in lower case), each with a
///     digest of its value
/// @param tags its surrogate keys
public record CacheEntry(
        int status,
        Headers headers,
        Bytes content,
        Instant requested,
        Instant received,
        Map<String, String> variant,
        List<String> tags) {
    private static final int OVERHEAD_BYTES = 256;
    private static final int OVERHEAD_OF_FIELD_BYTES = 64;

    public CacheEntry {
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(content, "content");
        variant = Map.copyOf(variant);
        tags = List.copyOf(tags);
    }

    /// With the fields and times of a later answer that said it is still this one.
    public CacheEntry refreshed(Headers changed, Instant nowRequested, Instant nowReceived) {
        return new CacheEntry(status, changed, content, nowRequested, nowReceived, variant, tags);
    }

    /// What it takes of memory, roughly.
    public long sizeBytes() {
        long size = OVERHEAD_BYTES + (long) content.size();
        for (Map.Entry<String, String> field : variant.entrySet()) {
            size += field.getKey().length() + field.getValue().length();
        }
        for (String tag : tags) size += tag.length();
        for (int i = 0; i < headers.size(); i++) {
            size += OVERHEAD_OF_FIELD_BYTES
                    + headers.nameAt(i).length()
                    + headers.valueAt(i).length();
        }
        return size;
    }
}
