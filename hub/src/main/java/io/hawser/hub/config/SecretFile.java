package io.hawser.hub.config;

import io.hawser.StartupFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that holds one secret and nothing else but white space around it.
public final class SecretFile {
    private SecretFile() {}

    /// The secret in `file`.
    ///
    /// @param who names the file: an option or a key
    /// @throws StartupFailed if the file cannot be read, or is empty
    public static String read(String who, Path file) {
        String secret;
        try {
            secret = Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartupFailed(who + " " + file + " cannot be read", e);
        }
        if (secret.isEmpty()) throw new StartupFailed(who + " " + file + " is empty", null);
        return secret;
    }
}
