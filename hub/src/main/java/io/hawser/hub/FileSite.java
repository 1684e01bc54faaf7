package io.hawser.hub;

import io.hawser.StartupFailed;
import io.hawser.http.HttpHandler;
import io.hawser.http.StaticFiles;
import io.hawser.http.StaticFilesConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/// A folder that the hub serves.
///
/// @param path where, such as `/site`
/// @param root the folder
/// @param config how
public record FileSite(String path, Path root, StaticFilesConfig config) {
    /// The first segments of the hub's own paths.
    static final Set<String> RESERVED =
            Set.of("", "api", "assets", "echo", "events", "health", "json", "login", "metrics", "plaintext", "ws");

    public FileSite {
        check(path, true);
    }

    /// @param isOnOwnHost whether the hub itself answers there, too
    /// @throws IllegalArgumentException if that is no path to serve something at
    static void check(String path, boolean isOnOwnHost) {
        if (!path.startsWith("/") || (path.endsWith("/") && path.length() > 1)) {
            throw new IllegalArgumentException("path '" + path + "': begins with / and does not end with it");
        }
        String first = path.substring(1).split("/", 2)[0];
        if (isOnOwnHost && RESERVED.contains(first)) {
            throw new IllegalArgumentException("path '" + path + "': the hub's own");
        }
    }

    /// @throws StartupFailed if there is no such folder
    HttpHandler open() {
        try {
            return StaticFiles.of(root, config);
        } catch (IOException e) {
            throw new StartupFailed("no folder " + root + " to serve at " + path, e);
        }
    }
}
