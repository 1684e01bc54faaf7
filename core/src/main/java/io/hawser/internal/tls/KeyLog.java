package io.hawser.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hawser.StartupFailed;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.internal.tcnative.SSLContext;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Adds the secrets of the connections of a context to a file, a line for each, as NSS does for
/// `SSLKEYLOGFILE`.
///
/// A line is written in one piece behind what is there, so several contexts and processes may share a file.
///
/// Thread: the event loops, which wait for the disk: a tool for finding faults.
///
/// Source: draft-ietf-tls-keylogfile
final class KeyLog {
    private static final Logger LOG = LoggerFactory.getLogger(KeyLog.class);

    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private final Path file;
    private final AtomicBoolean failed = new AtomicBoolean();

    private KeyLog(Path file) {
        this.file = file;
    }

    /// From now on, for all connections of `context`.
    ///
    /// @throws StartupFailed if the file cannot be written or is not its owner's alone, or the provider does
    ///     not tell its secrets
    static void begin(SslContext context, Path file) {
        try {
            if (!(context instanceof ReferenceCountedOpenSslContext openSsl)) {
                throw new StartupFailed(
                        "TLS: a key log needs provider OPENSSL: the JDK does not tell its secrets", null);
            }
            create(file);
            KeyLog log = new KeyLog(file);
            if (!SSLContext.setKeyLogCallback(pointer(openSsl), (_, line) -> log.add(line))) {
                throw new StartupFailed("TLS: this build of OpenSSL has no key log", null);
            }
            LOG.warn("The secrets of TLS connections are added to {}: who reads it reads their traffic", file);
        } catch (IOException failure) {
            ReferenceCountUtil.release(context);
            throw new StartupFailed("TLS: the key log " + file + " cannot be written: " + failure, failure);
        } catch (StartupFailed failure) {
            ReferenceCountUtil.release(context);
            throw failure;
        }
    }

    /// What Netty's binding calls the context. Netty keeps it to itself: what it tells is OpenSSL's own
    /// pointer.
    private static long pointer(ReferenceCountedOpenSslContext context) {
        try {
            Field field = ReferenceCountedOpenSslContext.class.getDeclaredField("ctx");
            field.setAccessible(true);
            return field.getLong(context);
        } catch (ReflectiveOperationException | InaccessibleObjectException closed) {
            throw new StartupFailed(
                    "TLS: a key log needs --add-opens io.netty.handler/io.netty.handler.ssl=io.hawser", closed);
        }
    }

    /// For the owner only, where the file system knows that.
    private static void create(Path file) throws IOException {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
                Files.createFile(file, ownerOnly);
            } else {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException isThere) {
            check(file);
            FileChannel.open(file, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)
                    .close();
        }
    }

    private static void check(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
        var found = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (found.isRegularFile() && OWNERS.containsAll(found.permissions())) return;
        throw new StartupFailed(
                "TLS: the key log " + file + " must be a file, no link, that only its owner may use (chmod 600)", null);
    }

    private void add(byte[] line) {
        try {
            String text = new String(line, US_ASCII) + "\n";
            Files.writeString(file, text, US_ASCII, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException failure) {
            if (!failed.getAndSet(true)) LOG.warn("The key log {} is not written any more", file, failure);
        }
    }
}
