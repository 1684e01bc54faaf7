package io.hawser.internal.tcp;

import io.hawser.StartupFailed;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file of a Unix-domain socket that is listened on, which outlives a process that is killed.
final class SocketFile {
    private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);

    private SocketFile() {}

    /// Removes a socket at `path` that nobody listens on any more. (Netty's native transports would remove
    /// whatever is there.)
    ///
    /// @throws StartupFailed if somebody does, or if it is no socket
    static void makeRoom(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
        if (!isSocket(path)) throw new StartupFailed("cannot listen on unix:" + path + ": there is a file", null);
        try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new StartupFailed("cannot listen on unix:" + path + ": address in use", null);
        } catch (IOException e) {
            remove(path);
        }
    }

    private static boolean isSocket(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isOther();
        } catch (IOException e) {
            return false;
        }
    }

    static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("the socket {} cannot be removed: {}", path, e.toString());
        }
    }
}
