package io.hawser.hub.cli;

import io.hawser.hub.access.AccessConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Who may use a hub.
final class AccessOptions {
    private static final String VARIABLE = "HAWSER_ADMIN_TOKEN";

    @Option(
            names = "--admin-token-file",
            paramLabel = "FILE",
            description = "What administrators show; else it is HAWSER_ADMIN_TOKEN. Needed where others can connect.")
    private @Nullable Path tokenFile;

    /// `base` with the token, if one is given.
    ///
    /// @throws IllegalArgumentException if the file cannot be read, or is empty
    AccessConfig on(AccessConfig base) {
        Path file = tokenFile;
        String token = System.getenv(VARIABLE);
        if (file != null) return base.withAdminToken(read(file));
        return token == null ? base : base.withAdminToken(token.strip());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("--admin-token-file " + file + " cannot be read", e);
        }
    }
}
