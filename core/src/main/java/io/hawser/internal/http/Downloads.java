package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// What is done with bodies of answers beside reading them whole.
public final class Downloads {
    /// What is read of a body that nobody wants, to keep its connection.
    private static final long MAX_SKIPPED_BYTES = 256 << 10;

    private Downloads() {}

    /// Writes `body` beside `path`, and puts it in its place when it is whole.
    ///
    /// @return how many bytes it has
    public static long toFile(Body body, Path path, Progress progress) {
        Path target = path.toAbsolutePath();
        // Not a temporary file of the JDK's, which nobody else could read once it is in its place.
        Path partial = target.resolveSibling("." + target.getFileName() + "." + RandomText.next(8) + ".part");
        try {
            long bytes = copy(body, partial, progress);
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
            return bytes;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            delete(partial);
        }
    }

    private static long copy(Body body, Path to, Progress progress) throws IOException {
        long bytes = 0;
        try (FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (Bytes piece = body.read(); !piece.isEmpty(); piece = body.read()) {
                for (ByteBuffer left = piece.asByteBuffer(); left.hasRemaining(); ) out.write(left);
                bytes += piece.size();
                progress.moved(bytes, body.length());
            }
        }
        return bytes;
    }

    private static void delete(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The first bytes of `body`, as UTF-8 text.
    public static String beginning(Body body, int maxBytes) {
        Bytes all = Bytes.EMPTY;
        for (Bytes piece = body.read(); !piece.isEmpty() && all.size() < maxBytes; piece = body.read()) {
            all = Bytes.concat(all, piece.slice(0, Math.min(piece.size(), maxBytes - all.size())));
        }
        return new String(all.toArray(), StandardCharsets.UTF_8);
    }

    /// Reads `body` to its end, or as far as is worth a connection.
    public static void skip(Body body) {
        long skipped = 0;
        for (Bytes piece = body.read(); !piece.isEmpty() && skipped < MAX_SKIPPED_BYTES; piece = body.read()) {
            skipped += piece.size();
        }
    }
}
