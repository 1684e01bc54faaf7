package io.hawser.internal.http.cache;

import io.hawser.Bytes;
import io.hawser.http.CacheEntry;
import io.hawser.http.Headers;
import io.hawser.internal.http.Names;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The stored answers of one URL, told apart by what `Vary` names. Source: RFC 9111 section 4.1
public final class Variants {
    private static final int MAX = 16;

    private Variants() {}

    /// The newest that `request` may be answered with.
    static Optional<CacheEntry> select(List<CacheEntry> variants, Headers request) {
        for (CacheEntry entry : variants) {
            if (matches(entry, request)) return Optional.of(entry);
        }
        return Optional.empty();
    }

    private static boolean matches(CacheEntry entry, Headers request) {
        for (Map.Entry<String, String> field : entry.variant().entrySet()) {
            if (!digest(request, field.getKey()).equals(field.getValue())) return false;
        }
        return true;
    }

    /// What an answer with these fields depends on in `request`.
    ///
    /// @param isPrivate whether what a caller gets with credentials of its own is for these credentials only
    static Map<String, String> variant(Headers request, Headers response, boolean isPrivate) {
        Map<String, String> variant = new LinkedHashMap<>();
        for (String name : response.list(Names.VARY)) {
            String lower = name.toLowerCase(Locale.ROOT);
            variant.put(lower, digest(request, lower));
        }
        if (isPrivate) variant.put("authorization", digest(request, Names.AUTHORIZATION));
        return variant;
    }

    /// Values are kept as digests: some are secrets, and some are long. White space and case of lists do not count
    /// where they cannot mean anything.
    private static String digest(Headers request, String name) {
        if (!request.has(name)) return "";
        String value = name.startsWith("accept")
                ? String.join(",", request.list(name)).replace(" ", "").toLowerCase(Locale.ROOT)
                : String.join("\n", request.all(name));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return Bytes.wrap(Arrays.copyOf(digest, 16)).toHex();
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }

    /// `variants` with `fresh` in the place of those that the same request would have got, and no more than a few.
    static List<CacheEntry> with(List<CacheEntry> variants, CacheEntry fresh, Headers request) {
        List<CacheEntry> changed = new ArrayList<>();
        changed.add(fresh);
        for (CacheEntry entry : variants) {
            if (changed.size() < MAX && !matches(entry, request)) changed.add(entry);
        }
        return changed;
    }

    static List<String> tags(List<CacheEntry> variants) {
        return variants.stream()
                .flatMap(entry -> entry.tags().stream())
                .distinct()
                .toList();
    }
}
