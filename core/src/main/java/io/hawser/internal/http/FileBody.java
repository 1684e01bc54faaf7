package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A region of a file. A sender may take path, position and count to the kernel and never read.
public final class FileBody implements Body {
    private static final int PIECE_BYTES = 64 << 10;

    private final Path path;
    private final long position;
    private final long count;
    private @Nullable FileChannel channel;
    private long done;

    public FileBody(Path path, long position, long count) {
        if (position < 0) throw new IllegalArgumentException("position " + position + ": at least 0");
        if (count < 0) throw new IllegalArgumentException("count " + count + ": at least 0");
        this.path = path;
        this.position = position;
        this.count = count;
    }

    /// All of the file, as long as it is now.
    public static FileBody of(Path path) throws IOException {
        return new FileBody(path, 0, Files.size(path));
    }

    public Path path() {
        return path;
    }

    /// Where in the file it begins.
    public long position() {
        return position;
    }

    /// How many bytes it is.
    public long count() {
        return count;
    }

    /// What its extension says.
    @Override
    public Optional<String> contentType() {
        return MediaTypes.known(path.toString());
    }

    @Override
    public Bytes read() {
        if (done == count) return Bytes.EMPTY;
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, count - done));
        try {
            FileChannel from = channel();
            while (piece.hasRemaining()) {
                if (from.read(piece, position + done + piece.position()) < 0) {
                    throw new EOFException(path + " is shorter than it was");
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        done += piece.capacity();
        if (done == count) close();
        return Bytes.wrap(piece.array());
    }

    private FileChannel channel() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(path, StandardOpenOption.READ);
            channel = open;
        }
        return open;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(count);
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public Body fromStart() {
        return new FileBody(path, position, count);
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        done = count;
        if (open == null) return;
        try {
            open.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
