package io.hawser.internal.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folders in which parents keep their sockets.
public final class Folders {
    private static final Logger LOG = LoggerFactory.getLogger(Folders.class);

    private Folders() {}

    /// Removes a folder and the files in it, if it is there.
    public static void remove(Path folder) {
        if (!Files.isDirectory(folder)) return;
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(folder)) {
            for (Path socket : sockets) Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.debug("the folder {} stays: {}", folder, e.toString());
        }
    }
}
