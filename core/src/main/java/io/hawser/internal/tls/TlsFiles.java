package io.hawser.internal.tls;

import io.hawser.Bytes;
import io.hawser.StartupFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a set of files held at one moment. A file that could not be read is part of it, as the reason.
///
/// Two are equal when all contents are: a modification time can stand still while the content changes (a copy that
/// keeps times, two writes within one tick of the clock), and these files are small.
public record TlsFiles(Map<Path, Bytes> contents, Map<Path, String> faults) {
    /// More than the certificates of all public authorities take.
    static final int MAX_FILE_BYTES = 4 << 20;

    /// Reads `files` now.
    public static TlsFiles read(List<Path> files) {
        Map<Path, Bytes> contents = new LinkedHashMap<>();
        Map<Path, String> faults = new LinkedHashMap<>();
        for (Path file : files) {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                // Reading a pipe again, to see whether it changed, would block.
                faults.put(file, "is not a regular file");
                continue;
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
                if (content.length > MAX_FILE_BYTES) {
                    faults.put(file, "is larger than " + MAX_FILE_BYTES + " bytes");
                } else {
                    contents.put(file, Bytes.wrap(content));
                }
            } catch (NoSuchFileException e) {
                faults.put(file, "does not exist");
            } catch (IOException e) {
                faults.put(file, "cannot be read: " + e);
            }
        }
        return new TlsFiles(contents, faults);
    }

    /// The PEM text that `file` held.
    ///
    /// @param role what the file is for, which begins the message of an error
    /// @throws StartupFailed if the file could not be read or is malformed
    PemText pem(Path file, String role) {
        Bytes content = contents.get(file);
        if (content == null) throw new StartupFailed(role + " " + file + " " + faults.get(file), null);
        try {
            return PemText.parse(content.toUtf8());
        } catch (IllegalArgumentException e) {
            throw fault(role, file, e);
        }
    }

    static StartupFailed fault(String role, Path file, IllegalArgumentException fault) {
        return new StartupFailed(role + " " + file + ": " + fault.getMessage(), fault);
    }
}
