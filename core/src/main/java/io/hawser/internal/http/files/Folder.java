package io.hawser.internal.http.files;

import io.hawser.internal.http.route.PathSegments;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// A folder that nothing is served from outside of.
///
/// A path of a request is taken apart before it is decoded, and a segment must be one name: it holds no
/// separator of
/// any system, no control character and no colon, and is no dot segment. Then the file system says where the
/// path
/// really leads, through all symbolic links, and that must be inside.
public final class Folder {
    /// Windows has several names for one file; `GIT~1` is `.git`.
    private static final boolean ALIASES = File.separatorChar == '\\';

    private final Path root;
    private final boolean hidden;

    /// The folder at `root`.
    ///
    /// @param hidden whether names that begin with a dot are served; `.well-known` always is
    /// @throws IOException if there is none
    public Folder(Path root, boolean hidden) throws IOException {
        this.root = root.toRealPath();
        this.hidden = hidden;
        if (!Files.isDirectory(this.root)) throw new IOException(root + " is no folder");
    }

    /// What is at `rawPath`, if that is a file or folder inside.
    ///
    /// @throws io.hawser.ProtocolError with code 400 if the path has a broken escape, a NUL or a dot segment
    public Optional<FoundFile> find(String rawPath) {
        String[] segments = PathSegments.of(rawPath);
        boolean asFolder = segments[segments.length - 1].isEmpty();
        Path path = root;
        try {
            for (int i = 0; i < segments.length - (asFolder ? 1 : 0); i++) {
                if (!isName(segments[i])) return Optional.empty();
                path = path.resolve(segments[i]);
            }
        } catch (InvalidPathException notOfThisSystem) {
            return Optional.empty();
        }
        Optional<FoundFile> found = inside(path);
        return found.filter(file -> file.isFolder() || !asFolder);
    }

    /// The file `name` in the folder `parent`, which was found here.
    public Optional<FoundFile> find(FoundFile parent, String name) {
        return inside(parent.asked().resolve(name)).filter(file -> !file.isFolder());
    }

    /// The file beside `file` whose name goes on with `suffix`, if it is not older.
    public Optional<FoundFile> sibling(FoundFile file, String suffix) {
        Path beside = file.asked().resolveSibling(file.name() + suffix);
        return inside(beside)
                .filter(found -> !found.isFolder() && found.modified().compareTo(file.modified()) >= 0);
    }

    private Optional<FoundFile> inside(Path path) {
        try {
            Path real = path.toRealPath();
            if (!real.startsWith(root) || (ALIASES && !areNames(root.relativize(real)))) return Optional.empty();
            BasicFileAttributes attributes =
                    Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile() && !attributes.isDirectory()) return Optional.empty();
            return Optional.of(new FoundFile(
                    path,
                    real,
                    attributes.isDirectory(),
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant()));
        } catch (IOException nothingThere) {
            return Optional.empty();
        }
    }

    private boolean areNames(Path below) {
        for (Path name : below) {
            if (!name.toString().isEmpty() && !isName(name.toString())) return false;
        }
        return true;
    }

    /// Whether a name may be shown and asked for.
    public boolean isName(String name) {
        if (name.isEmpty() || (name.startsWith(".") && !hidden && !name.equals(".well-known"))) return false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == 0x7f || c == '/' || c == '\\' || c == ':') return false;
        }
        return true;
    }
}
