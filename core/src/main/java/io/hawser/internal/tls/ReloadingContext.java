package io.hawser.internal.tls;

import io.hawser.StartupFailed;
import io.hawser.TimeSource;
import io.hawser.Tls;
import io.netty.handler.ssl.SslContext;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A TLS context that is made anew when its files change.
///
/// `current` is what new connections get. Live ones hold the context that they began with, and with OpenSSL a
/// reference to it, so replacing it and giving up our own reference touches none of them.
///
/// The files are read every few seconds. What they hold is in one of three states: `loaded` (in use), `suspect` (it
/// failed at the last look, which may have come between the writes of two files), `refused` (it failed twice, was
/// logged once, and is not tried again). Each state is left only when the content changes.
///
/// A new context has new session keys: nobody resumes a session past a change of who is trusted.
final class ReloadingContext implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReloadingContext.class);
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Tls tls;
    private final List<Path> files;
    private final Function<TlsMaterial, SslContext> factory;
    private final TimeSource time;
    private final @Nullable Thread poller;
    private volatile @Nullable SslContext current;

    // Guarded by this:
    private TlsFiles loaded;
    private @Nullable TlsFiles suspect;
    private @Nullable TlsFiles refused;

    ReloadingContext(Tls tls, Function<TlsMaterial, SslContext> factory, TimeSource time) {
        this.tls = tls;
        this.files = TlsMaterial.files(tls);
        this.factory = factory;
        this.time = time;
        this.loaded = TlsFiles.read(files);
        this.current = make(loaded);
        this.poller = files.isEmpty()
                ? null
                : Thread.ofVirtual().name("hawser-tls-reload").start(this::pollUntilInterrupted);
    }

    /// Calls `use` with the context of this moment, which stays valid until it returns.
    <T> T with(Function<SslContext, T> use) {
        while (true) {
            SslContext context = current;
            if (context == null) throw new IllegalStateException("this TLS context is closed");
            try {
                ReferenceCountUtil.retain(context);
            } catch (IllegalReferenceCountException replacedMeanwhile) {
                continue;
            }
            try {
                return use.apply(context);
            } finally {
                ReferenceCountUtil.release(context);
            }
        }
    }

    /// Reads the files now.
    ///
    /// @return whether they had changed
    /// @throws StartupFailed if what they hold now cannot be used; the context stays as it is
    boolean reload() {
        return changeTo(TlsFiles.read(files));
    }

    private synchronized boolean changeTo(TlsFiles now) {
        if (now.equals(loaded) || current == null) return false;
        replace(now);
        return true;
    }

    boolean isPolling() {
        return poller != null && poller.isAlive();
    }

    private void pollUntilInterrupted() {
        try {
            while (true) {
                time.sleep(INTERVAL);
                // Not under the lock: a file system that hangs must not keep close() waiting.
                consider(TlsFiles.read(files));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void consider(TlsFiles now) {
        if (current == null || now.equals(loaded) || now.equals(refused)) return;
        try {
            replace(now);
        } catch (RuntimeException unusable) {
            if (now.equals(suspect)) {
                refused = now;
                log.warn("TLS files changed, but the old certificate stays in use: {}", unusable.getMessage());
            } else {
                suspect = now;
            }
        }
    }

    private void replace(TlsFiles now) {
        SslContext old = current;
        current = make(now);
        loaded = now;
        suspect = null;
        refused = null;
        ReferenceCountUtil.release(old);
        log.info("TLS files changed: new connections use what they hold now");
    }

    private SslContext make(TlsFiles now) {
        TlsMaterial material = TlsMaterial.of(tls, now);
        SslContext context = factory.apply(material);
        material.identity().ifPresent(identity -> report(identity.chain().getFirst()));
        return context;
    }

    private void report(X509Certificate certificate) {
        Instant now = time.now();
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        X500Principal subject = certificate.getSubjectX500Principal();
        if (now.isAfter(until)) {
            log.warn("TLS certificate of {} expired at {}", subject, until);
        } else if (now.isBefore(from)) {
            log.warn("TLS certificate of {} is not valid before {}", subject, from);
        } else {
            log.info("TLS certificate of {} is valid until {}", subject, until);
        }
    }

    /// Stops reading the files. Connections live on.
    @Override
    public synchronized void close() {
        if (poller != null) poller.interrupt();
        SslContext last = current;
        current = null;
        if (last != null) ReferenceCountUtil.release(last);
    }
}
