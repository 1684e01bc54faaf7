package io.hawser.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How files of a folder are served.
///
/// @param indexFiles names that stand for their folder, the first that is there; default `index.html`
/// @param listing whether a folder without one is listed; default no, which is 404
/// @param hidden whether names that begin with a dot are served; default no, but `.well-known` is
/// @param precompressed codings whose siblings are looked for, preferred first: `app.js.br` beside
///     `app.js`, if not older; of `br`, `zstd` and `gzip`, which is the default
/// @param cacheControl globs and the value of `Cache-Control`, the first that matches: `*.js` by name,
///     `assets/**` by path
/// @param hashedNames whether a name with a hash in it (`app.3f2a9c1b.js`) is cached for a year and
///     immutable, unless a glob matches; default yes
/// @param otherCacheControl for the others; default `no-cache`: kept, and asked for again each time. Empty
///     for none
/// @param mediaTypes extensions, without the dot and in lower case, and their types, before the table of
///     the library
public record StaticFilesConfig(
        List<String> indexFiles,
        boolean listing,
        boolean hidden,
        List<String> precompressed,
        Map<String, String> cacheControl,
        boolean hashedNames,
        String otherCacheControl,
        Map<String, String> mediaTypes) {
    private static final Set<String> CODINGS = Set.of("br", "zstd", "gzip");
    private static final StaticFilesConfig DEFAULTS = new StaticFilesConfig(
            List.of("index.html"), false, false, List.of("br", "zstd", "gzip"), Map.of(), true, "no-cache", Map.of());

    public StaticFilesConfig {
        if (!CODINGS.containsAll(precompressed)) {
            throw new IllegalArgumentException("precompressed " + precompressed + ": of br, zstd and gzip");
        }
        indexFiles = List.copyOf(indexFiles);
        precompressed = List.copyOf(precompressed);
        cacheControl = Collections.unmodifiableMap(new LinkedHashMap<>(cacheControl));
        mediaTypes = Map.copyOf(mediaTypes);
    }

    public static StaticFilesConfig defaults() {
        return DEFAULTS;
    }

    public StaticFilesConfig withIndexFiles(String... changed) {
        return new StaticFilesConfig(
                List.of(changed),
                listing,
                hidden,
                precompressed,
                cacheControl,
                hashedNames,
                otherCacheControl,
                mediaTypes);
    }

    public StaticFilesConfig withListing(boolean changed) {
        return new StaticFilesConfig(
                indexFiles, changed, hidden, precompressed, cacheControl, hashedNames, otherCacheControl, mediaTypes);
    }

    public StaticFilesConfig withHidden(boolean changed) {
        return new StaticFilesConfig(
                indexFiles, listing, changed, precompressed, cacheControl, hashedNames, otherCacheControl, mediaTypes);
    }

    public StaticFilesConfig withPrecompressed(String... changed) {
        return new StaticFilesConfig(
                indexFiles,
                listing,
                hidden,
                List.of(changed),
                cacheControl,
                hashedNames,
                otherCacheControl,
                mediaTypes);
    }

    /// With one more glob, behind those that are there.
    public StaticFilesConfig withCacheControl(String glob, String value) {
        Map<String, String> more = new LinkedHashMap<>(cacheControl);
        more.put(glob, value);
        return new StaticFilesConfig(
                indexFiles, listing, hidden, precompressed, more, hashedNames, otherCacheControl, mediaTypes);
    }

    public StaticFilesConfig withHashedNames(boolean changed) {
        return new StaticFilesConfig(
                indexFiles, listing, hidden, precompressed, cacheControl, changed, otherCacheControl, mediaTypes);
    }

    public StaticFilesConfig withOtherCacheControl(String changed) {
        return new StaticFilesConfig(
                indexFiles, listing, hidden, precompressed, cacheControl, hashedNames, changed, mediaTypes);
    }

    public StaticFilesConfig withMediaTypes(Map<String, String> changed) {
        return new StaticFilesConfig(
                indexFiles, listing, hidden, precompressed, cacheControl, hashedNames, otherCacheControl, changed);
    }
}
