package io.hawser.internal.http.oauth;

import io.hawser.TimeSource;
import io.hawser.http.ClientCredentialsConfig;
import io.hawser.http.HttpHandler;
import io.hawser.internal.http.SingleFlight;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The token in use. While it is good, one caller fetches the next one and the others go on; once it is not, all
/// wait for one to fetch it.
public final class TokenKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(TokenKeeper.class);

    /// Between two attempts to replace a token that is still good.
    private static final long PAUSE_NANOS = 5_000_000_000L;

    private final TokenEndpoint endpoint;
    private final TimeSource time;
    private final SingleFlight<String, AccessToken> flights = new SingleFlight<>("an access token");
    private final Semaphore refreshing = new Semaphore(1);
    private final AtomicReference<@Nullable AccessToken> current = new AtomicReference<>();
    private volatile long pausedUntilNanos;

    public TokenKeeper(ClientCredentialsConfig config, HttpHandler client, TimeSource time) {
        this.endpoint = new TokenEndpoint(config, client, time);
        this.time = time;
        this.pausedUntilNanos = time.nanoTime();
    }

    public AccessToken current() throws Exception {
        AccessToken known = current.get();
        if (known == null || known.isOver(time.nanoTime())) return fetched(known);
        if (known.isDue(time.nanoTime()) && refreshing.tryAcquire()) {
            try {
                long now = time.nanoTime();
                if (now - pausedUntilNanos >= 0) {
                    // Moved on at once, so that it holds also if the fetch fails.
                    pausedUntilNanos = now + PAUSE_NANOS;
                    return fetched(known);
                }
            } catch (RuntimeException | IOException failure) {
                // The old one is good for a while yet.
                LOG.warn("The next access token could not be fetched yet: {}", failure.toString());
            } finally {
                refreshing.release();
            }
        }
        return known;
    }

    /// A token in place of `refused`, which a server did not take; the one that others have fetched meanwhile.
    public AccessToken instead(AccessToken refused) throws Exception {
        return fetched(refused);
    }

    /// A server did not take `token`: nobody gets it any more.
    public void refused(AccessToken token) {
        current.compareAndSet(token, null);
    }

    private AccessToken fetched(@Nullable AccessToken old) throws Exception {
        return flights.run("", () -> {
                    AccessToken known = current.get();
                    if (known != null && !known.equals(old) && !known.isOver(time.nanoTime())) return known;
                    AccessToken fresh = endpoint.fetch();
                    current.set(fresh);
                    return fresh;
                })
                .value();
    }
}
