package io.hawser.internal.process;

import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.io.ConnectionLimits;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.SessionConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The parent's end of the [Dialogue]s with its children: a Unix-domain socket in a folder that only this
/// user may enter.
///
/// Thread: safe from any.
public final class DialogueServer implements AutoCloseable {
    private final Path folder;
    private final MessagingServer server;

    private DialogueServer(Path folder, MessagingServer server) {
        this.folder = folder;
        this.server = server;
    }

    /// Listens in a new folder.
    ///
    /// @param maxMessageBytes the longest question or answer
    /// @throws StartupFailed if there is no room for a folder and a socket
    public static DialogueServer start(Conversing side, int maxMessageBytes) {
        Path folder = newFolder();
        try {
            Endpoint socket = Endpoint.unix(folder.resolve("parent.sock"));
            return new DialogueServer(
                    folder,
                    MessagingServer.start(ListenConfig.on(socket), config(maxMessageBytes), new DialogueHandler(side)));
        } catch (RuntimeException e) {
            Folders.remove(folder);
            throw e;
        }
    }

    private static Path newFolder() {
        try {
            // For this user only, as the JDK makes them.
            return Files.createTempDirectory("hawser-").toAbsolutePath();
        } catch (IOException e) {
            throw new StartupFailed("no folder for a socket: " + e.getMessage(), e);
        }
    }

    /// One longest message may wait on either side, and another behind it.
    static MessagingConfig config(int maxMessageBytes) {
        SessionConfig session = SessionConfig.defaults();
        ConnectionLimits limits = session.limits();
        int soft = Math.max(limits.softQueueBytes(), maxMessageBytes);
        return MessagingConfig.defaults()
                .withMaxMessageBytes(maxMessageBytes)
                .withBareAllowed(false)
                .withSession(session.withLimits(limits.withQueueBytes(soft, 2 * soft)));
    }

    /// Where the children connect.
    public Endpoint endpoint() {
        return server.endpoint();
    }

    /// The folder of the socket, for others beside it. It goes with what is in it.
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        server.close();
        Folders.remove(folder);
    }
}
