package io.hawser.internal.http.files;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A file or folder as it was when it was looked at.
///
/// @param asked where it was looked for, which names it
/// @param path where it really is, through all links
public record FoundFile(Path asked, Path path, boolean isFolder, long size, Instant modified) {
    /// The name that was asked for, whatever that of the file is which it links to.
    public String name() {
        Path last = asked.getFileName();
        return last == null ? "" : last.toString();
    }

    /// To the second, as dates of HTTP are.
    public Instant modifiedSecond() {
        return modified.truncatedTo(ChronoUnit.SECONDS);
    }

    /// A strong tag, which changes with the content as far as size and time tell.
    ///
    /// @param coding empty, or that of this variant
    public String tag(String coding) {
        long nanos = modified.getEpochSecond() * 1_000_000_000 + modified.getNano();
        String opaque = Long.toHexString(size) + "-" + Long.toHexString(nanos);
        return '"' + (coding.isEmpty() ? opaque : opaque + "-" + coding) + '"';
    }
}
