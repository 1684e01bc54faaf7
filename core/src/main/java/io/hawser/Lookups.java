package io.hawser;

import io.hawser.HawserException.Processed;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The look-ups under way, and the callers that wait for them.
///
/// A look-up may hang and cannot be interrupted, so it has a platform thread of its own (on a virtual one it
/// would pin the carrier), and its callers wait beside it and may leave at any time. Invariants:
/// - A running look-up holds a place, and gives it back only when its resolver has returned. Places are few,
///   so hung look-ups cannot use up the machine.
/// - At most one look-up of a name is in `joinable`, and all who ask for that name wait for it. Thus a name
///   whose server is silent takes one place, not all of them.
/// - A look-up leaves `joinable` when it ends or when it is older than `longest`, so that a resolver that never
///   returns does not take its name with it: the next caller begins a new look-up, while places last.
final class Lookups {
    private static final Lookups SHARED = new Lookups(64, Duration.ofSeconds(30));

    private final Semaphore places;
    private final Duration longest;
    private final ConcurrentMap<Question, Lookup> joinable = new ConcurrentHashMap<>();

    /// @param max how many may run at a time
    /// @param longest how long a caller waits, and a look-up may be joined
    Lookups(int max, Duration longest) {
        this.places = new Semaphore(max);
        this.longest = longest;
    }

    static Lookups shared() {
        return SHARED;
    }

    /// The addresses of `host`, at least one.
    List<InetAddress> find(Resolver resolver, String host) {
        Optional<List<InetAddress>> known = resolver.known(host);
        if (known.isPresent() && !known.get().isEmpty()) return known.get();
        Deadline deadline = Deadline.current();
        Deadline end = deadline.earlier(Deadline.after(longest));
        try {
            Lookup lookup = join(new Question(resolver, host), end);
            if (lookup != null) return lookup.answer.get(nanosLeft(end), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(host, e.getCause());
        } catch (TimeoutException e) {
            if (end != deadline) throw new ConnectFailed(host + " did not resolve within " + longest, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while resolving " + host, Processed.NO, e);
        }
        if (end == deadline) throw new DeadlineExceeded("the addresses of " + host, Processed.NO);
        throw new Rejected("too many look-ups hang: none of " + host + " could begin within " + longest, null);
    }

    /// @return null if no place came free until `end`
    private @Nullable Lookup join(Question question, Deadline end) throws InterruptedException {
        Lookup running = joinable.get(question);
        if (running != null && !running.joinUntil.hasPassed()) return running;
        if (!places.tryAcquire(nanosLeft(end), TimeUnit.NANOSECONDS)) return null;
        Lookup fresh = new Lookup(question, Deadline.after(longest));
        Lookup joined = joinable.compute(
                question, (same, other) -> other == null || other.joinUntil.hasPassed() ? fresh : other);
        if (joined == fresh) {
            fresh.start();
        } else {
            places.release();
        }
        return joined;
    }

    private static long nanosLeft(Deadline end) {
        return Math.max(0, end.remainingNanos());
    }

    private static ConnectFailed failure(String host, @Nullable Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return new ConnectFailed(host + " does not resolve" + why(host, cause.getMessage()), cause);
        }
        return new ConnectFailed("the resolver failed for " + host + ": " + cause, cause);
    }

    /// What a resolver says beside the name: whether it is unknown, or nobody could be asked.
    private static String why(String host, @Nullable String said) {
        return said != null && said.startsWith(host + ": ") ? said.substring(host.length()) : "";
    }

    private record Question(Resolver resolver, String host) {}

    private final class Lookup implements Runnable {
        private final Question question;
        private final Deadline joinUntil;
        private final CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();

        Lookup(Question question, Deadline joinUntil) {
            this.question = question;
            this.joinUntil = joinUntil;
        }

        void start() {
            try {
                Thread.ofPlatform()
                        .name("hawser-lookup-" + question.host())
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .start(this);
            } catch (Throwable noThread) {
                end();
                answer.completeExceptionally(noThread);
            }
        }

        @Override
        public void run() {
            List<InetAddress> found;
            try {
                found = joinUntil.call(() -> question.resolver().resolve(question.host()));
                if (found.isEmpty()) throw new UnknownHostException(question.host());
            } catch (Throwable failure) {
                end();
                answer.completeExceptionally(failure);
                return;
            }
            end();
            answer.complete(List.copyOf(found));
        }

        /// Comes before the answer: who has it and asks again gets a new look-up.
        private void end() {
            joinable.remove(question, this);
            places.release();
        }
    }
}
