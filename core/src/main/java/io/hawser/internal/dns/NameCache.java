package io.hawser.internal.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hawser.Deadline;
import io.hawser.Resolver;
import io.hawser.TimeSource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What is known of names: answers for as long as they hold, and a while longer if nobody gives new ones.
///
/// Of each name at most one question is under way, which all who want the answer share; so a name that expires
/// under load is asked for once. In the last tenth of its life a name that is in use is asked for in advance.
/// A source that fails, or takes long, is covered by the answer that was, for [#STALE] beyond its life.
///
/// Thread: safe from any; `resolve` waits.
final class NameCache implements Resolver {
    static final Duration LEAST_LIFE = Duration.ofSeconds(1);
    static final Duration LONGEST_LIFE = Duration.ofMinutes(5);
    static final Duration NEGATIVE_LIFE = Duration.ofSeconds(5);
    static final Duration STALE = Duration.ofHours(1);

    /// How long a new answer is waited for where there is an old one. Source: RFC 8767, section 5
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1800);

    /// After which a source that failed is asked again.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final int MAX_NAMES = 10_000;

    private final NameSource source;
    private final TimeSource time;
    private final Cache<String, Known> names =
            Caffeine.newBuilder().maximumSize(MAX_NAMES).build();
    private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> asking = new ConcurrentHashMap<>();

    /// @param addresses empty for a name that does not exist
    private record Known(List<InetAddress> addresses, long freshUntil, long refreshFrom, long staleUntil) {}

    NameCache(NameSource source, TimeSource time) {
        this.source = source;
        this.time = time;
    }

    @Override
    public Optional<List<InetAddress>> known(String host) {
        Known known = names.getIfPresent(host);
        long now = time.nanoTime();
        if (known == null || known.addresses().isEmpty() || now - known.freshUntil() >= 0) return Optional.empty();
        if (now - known.refreshFrom() >= 0) ask(host);
        return Optional.of(known.addresses());
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        Optional<List<InetAddress>> fresh = known(host);
        if (fresh.isPresent()) return fresh.get();
        Known known = names.getIfPresent(host);
        long now = time.nanoTime();
        if (known != null && known.addresses().isEmpty() && now - known.freshUntil() < 0) {
            throw new UnknownHostException(host);
        }
        boolean isCovered = known != null && !known.addresses().isEmpty() && now - known.staleUntil() < 0;
        return answer(host, isCovered ? known : null);
    }

    /// @param covering what to give if no answer comes
    private List<InetAddress> answer(String host, @Nullable Known covering) throws UnknownHostException {
        long longest = Math.max(0, Deadline.current().remainingNanos());
        long wait = covering == null ? longest : Math.min(longest, PATIENCE_NANOS);
        try {
            List<InetAddress> addresses = ask(host).get(wait, TimeUnit.NANOSECONDS);
            if (addresses.isEmpty()) throw new UnknownHostException(host);
            return addresses;
        } catch (ExecutionException | TimeoutException failure) {
            if (covering != null) return covering.addresses();
            Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
            UnknownHostException unknown = new UnknownHostException(host + ": no name server gives an answer");
            unknown.initCause(cause);
            throw unknown;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + ": interrupted");
        }
    }

    private CompletableFuture<List<InetAddress>> ask(String host) {
        CompletableFuture<List<InetAddress>> fresh = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> running = asking.putIfAbsent(host, fresh);
        if (running != null) return running;
        // The question that was under way may have been answered since the caller looked.
        Known known = names.getIfPresent(host);
        if (known != null && time.nanoTime() - known.refreshFrom() < 0) {
            asking.remove(host, fresh);
            fresh.complete(known.addresses());
            return fresh;
        }
        CompletableFuture<NameSource.Answer> answer;
        try {
            answer = source.ask(host);
        } catch (RuntimeException failure) {
            answer = CompletableFuture.failedFuture(failure);
        }
        answer.whenComplete((said, failure) -> {
            if (failure == null) keep(host, said);
            else cover(host);
            asking.remove(host, fresh);
            if (failure == null) fresh.complete(said.addresses());
            else fresh.completeExceptionally(failure);
        });
        return fresh;
    }

    private void keep(String host, NameSource.Answer said) {
        long now = time.nanoTime();
        long life = said.addresses().isEmpty() ? NEGATIVE_LIFE.toNanos() : clamped(said.life());
        names.put(host, new Known(said.addresses(), now + life, now + life - life / 10, now + life + STALE.toNanos()));
    }

    private static long clamped(Duration life) {
        return Math.clamp(life.toNanos(), LEAST_LIFE.toNanos(), LONGEST_LIFE.toNanos());
    }

    /// The old answer goes on for a moment, so that not every caller waits for a source that is away.
    private void cover(String host) {
        Known known = names.getIfPresent(host);
        long now = time.nanoTime();
        if (known == null || known.addresses().isEmpty() || now - known.staleUntil() >= 0) return;
        if (now - known.freshUntil() < 0) return;
        long until = now + PAUSE.toNanos();
        names.put(host, new Known(known.addresses(), until, until, known.staleUntil()));
    }
}
