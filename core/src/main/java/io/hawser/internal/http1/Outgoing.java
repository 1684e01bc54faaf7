package io.hawser.internal.http1;

import io.hawser.Bytes;
import io.hawser.http.Headers;
import io.hawser.http.Response;
import io.hawser.internal.http.FileBody;
import io.hawser.internal.http.Takeover;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/// What an HTTP/1.1 connection sends, on its way from a handler to the event loop.
sealed interface Outgoing {
    /// How many bytes it is at most.
    int sizeAtMost();

    /// Begins an answer, and may be all of it.
    ///
    /// @param length of the body, or one of [HeadWriter]'s
    /// @param content the body, where it is sent with the head
    /// @param isWhole whether nothing follows
    record Head(Response response, EncodedFields fields, long length, Bytes content, boolean isWhole)
            implements Outgoing {
        static Head of(Response response, long length, Bytes content, boolean isWhole) {
            return new Head(response, EncodedFields.of(response.headers()), length, content, isWhole);
        }

        @Override
        public int sizeAtMost() {
            return HeadWriter.sizeAtMost(fields) + content.size();
        }
    }

    /// A whole answer from a file.
    record File(Head head, FileRegion region) implements Outgoing {
        /// @throws UncheckedIOException if it cannot be read, or has become shorter
        static File of(Response response, FileBody file) {
            return new File(Head.of(response, file.count(), Bytes.EMPTY, false), region(file));
        }

        @SuppressWarnings("resource") // the region closes it
        private static FileRegion region(FileBody file) {
            try {
                FileChannel from = FileChannel.open(file.path(), StandardOpenOption.READ);
                if (from.size() < file.position() + file.count()) {
                    from.close();
                    throw new EOFException(file.path() + " is shorter than it was");
                }
                return new DefaultFileRegion(from, file.position(), file.count());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public int sizeAtMost() {
            return head.sizeAtMost();
        }
    }

    /// The answer after which another protocol has the connection.
    record Switch(Head head, Takeover to) implements Outgoing {
        @Override
        public int sizeAtMost() {
            return head.sizeAtMost();
        }
    }

    /// A part of the body.
    record Piece(Bytes content) implements Outgoing {
        private static final int CHUNK_AROUND = 12;

        @Override
        public int sizeAtMost() {
            return content.size() + CHUNK_AROUND;
        }
    }

    /// The end of the body.
    record End(EncodedFields trailers) implements Outgoing {
        private static final int AROUND = 5;

        static End of(Headers trailers) {
            return new End(EncodedFields.of(trailers));
        }

        @Override
        public int sizeAtMost() {
            return trailers.size() + AROUND;
        }
    }

    /// The body breaks off.
    record Cut(Throwable why) implements Outgoing {
        @Override
        public int sizeAtMost() {
            return 1 << 10;
        }
    }

    /// The answer before the answer: the peer may send its body.
    record Continue() implements Outgoing {
        static final byte[] LINE = {
            'H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', '1', '0', '0', ' ', 'C', 'o', 'n', 't', 'i', 'n', 'u', 'e',
            '\r', '\n', '\r', '\n'
        };

        @Override
        public int sizeAtMost() {
            return LINE.length;
        }
    }
}
