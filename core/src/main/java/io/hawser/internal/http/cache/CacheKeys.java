package io.hawser.internal.http.cache;

import io.hawser.http.Headers;
import io.hawser.http.Request;
import io.hawser.internal.http.Origin;
import io.hawser.internal.http.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The URLs by which answers are kept, and the surrogate keys by which they are found again.
public final class CacheKeys {
    private static final int MAX_TAGS = 64;
    private static final int MAX_TAG_LENGTH = 256;
    private static final String SURROGATE_KEY = "Surrogate-Key";
    private static final String CACHE_TAG = "Cache-Tag";

    private CacheKeys() {}

    /// Scheme and host in lower case, no port that is the default, no fragment.
    static String of(Request request) {
        return Origin.of(request) + Targets.withQuery(request.rawPath(), request.rawQuery());
    }

    /// An absolute URL in the form of a key.
    public static String of(String url) {
        return of(Request.get(url));
    }

    /// The beginning of an absolute URL in the form of that of a key.
    public static String ofPrefix(String prefix) {
        int authority = prefix.indexOf("://") + 3;
        int path = authority < 3 ? -1 : prefix.indexOf('/', authority);
        if (path < 0) return prefix.toLowerCase(Locale.ROOT);
        return Origin.of(prefix.substring(0, path)) + prefix.substring(path);
    }

    /// The path of a key.
    public static String pathOf(String key) {
        return Targets.path(key);
    }

    /// `Surrogate-Key` separates its members by spaces, `Cache-Tag` by commas.
    static List<String> tags(Headers response) {
        List<String> tags = new ArrayList<>();
        for (String field : response.all(SURROGATE_KEY)) tags.addAll(List.of(field.split(" ")));
        tags.addAll(response.list(CACHE_TAG));
        return tags.stream()
                .filter(tag -> !tag.isEmpty() && tag.length() <= MAX_TAG_LENGTH)
                .distinct()
                .limit(MAX_TAGS)
                .toList();
    }

    /// Without the surrogate keys, which are for the cache alone.
    static Headers withoutTags(Headers response) {
        return response.without(SURROGATE_KEY).without(CACHE_TAG);
    }
}
