package io.hawser.internal.http;

import io.hawser.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that are there whole or not at all: written beside their place and moved into it.
public final class AtomicFile {
    private AtomicFile() {}

    /// Puts a file with that content at `path`, readable by its owner only where the system can say so.
    ///
    /// @param durable whether it must be on the disk before it is in its place
    public static void write(Path path, Bytes content, boolean durable) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) throw new IOException(path + " is not a file");
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, ".", ".new");
        try {
            try (FileChannel file = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = content.asByteBuffer();
                while (bytes.hasRemaining()) file.write(bytes);
                if (durable) file.force(true);
            }
            move(beside, path);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException oddFileSystem) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
