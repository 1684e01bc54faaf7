package io.hawser.hub.config;

import io.hawser.config.Setting;
import io.hawser.http.StaticFilesConfig;
import io.hawser.hub.FileSite;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// One folder that is served.
///
/// @param path where, such as `/site`
/// @param root the folder
/// @param cache globs and the `Cache-Control` of what they match, the first that does
/// @param listing whether a folder without an index file is listed
public record FileSettings(
        @Setting(required = true) String path,
        @Setting(required = true) Path root,
        Map<String, String> cache,
        boolean listing) {
    private static final String NONE = "";
    private static final FileSettings DEFAULTS = new FileSettings(NONE, Path.of(""), Map.of(), false);

    public FileSettings {
        if (!path.equals(NONE)) {
            var _ = new FileSite(path, root, StaticFilesConfig.defaults());
        }
        cache = new LinkedHashMap<>(cache);
    }

    /// All but path and root, which have no default.
    public static FileSettings defaults() {
        return DEFAULTS;
    }

    FileSite toSite() {
        StaticFilesConfig config = StaticFilesConfig.defaults().withListing(listing);
        for (Map.Entry<String, String> rule : cache.entrySet()) {
            config = config.withCacheControl(rule.getKey(), rule.getValue());
        }
        return new FileSite(path, root, config);
    }
}
