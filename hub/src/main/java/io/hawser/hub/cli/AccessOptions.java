package io.hawser.hub.cli;

import io.hawser.StartupFailed;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.config.SecretFile;
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
    /// @throws StartupFailed if the file cannot be read, or what should say the token is empty
    AccessConfig on(AccessConfig base) {
        Path file = tokenFile;
        if (file != null) return base.withAdminToken(SecretFile.read("--admin-token-file", file));
        String token = System.getenv(VARIABLE);
        if (token == null) return base;
        if (token.isBlank()) throw new StartupFailed(VARIABLE + " is empty", null);
        return base.withAdminToken(token.strip());
    }
}
