package io.hawser.internal.outbound;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.TimeSource;
import io.hawser.http.Body;
import io.hawser.http.CallTimings;
import io.hawser.http.HttpPoolConfig;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.internal.http.BodyPipe;
import io.hawser.internal.http.Burst;
import io.hawser.internal.http.BytesBody;
import io.hawser.internal.http.Names;
import io.hawser.internal.pool.BoundedPool;
import io.hawser.internal.tcp.ConnectTimes;
import io.hawser.pool.ConnectionFactory;
import io.hawser.pool.Eviction;
import io.hawser.pool.Growth;
import io.hawser.pool.Lease;
import io.hawser.pool.PoolConfig;
import io.hawser.pool.PoolStats;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The connections to one origin, and the calls that go over them.
///
/// The pool is the one of [io.hawser.pool]: the connection used last is taken first, callers wait in their
/// order, and the first connection is opened alone, the next ones two, four and eight at a time. Here is
/// added what HTTP knows: whether a call may be made once more because the server had closed the connection
/// that it went over.
///
/// Thread: safe from any; the caller's waits.
final class OriginPool implements AutoCloseable {
    private static final int MAX_WHOLE_BYTES = 64 << 10;
    static final double AGE_JITTER = 0.2;

    /// Calls that a server did not take, as it may refuse streams of HTTP/2, are made again so often: the first
    /// time at once, then after a random pause whose ceiling doubles up to the last one.
    private static final int MOST_REPEATS = 10;

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(128);

    private static final int MOST_DISCARDED = 64;
    private static final Duration AT_ONCE = Duration.ofNanos(1);

    private final OriginServer origin;
    private final BoundedPool<ClientConnection> pool;
    private final Duration waitTimeout;
    private final Duration openTimeout;
    private final long firstByteNanos;
    private volatile boolean isRetired;

    /// @param openTimeout what a caller that has no connection yet waits for one to be opened
    OriginPool(
            OriginServer origin,
            HttpPoolConfig config,
            ConnectionFactory<ClientConnection> factory,
            Duration waitTimeout,
            Duration openTimeout,
            Duration firstByte) {
        this.origin = origin;
        this.waitTimeout = waitTimeout;
        this.openTimeout = openTimeout;
        this.firstByteNanos = firstByte.toNanos();
        PoolConfig settings = PoolConfig.defaults()
                .withName(origin.toString())
                .withMaxSize(config.maxPerOrigin())
                .withMaxWaiting(config.maxWaiting())
                .withTimeout(waitTimeout.plus(openTimeout))
                // Whether and when to come back to a server that cannot be reached, is for policies to say.
                .withGrowth(Growth.defaults().withPauses(AT_ONCE, AT_ONCE))
                .withEviction(Eviction.defaults()
                        .withIdle(config.idle())
                        .withAge(config.age(), AGE_JITTER)
                        .withValidateAfter(Duration.ZERO))
                .withCallSiteEvery(0);
        this.pool = BoundedPool.open(settings, factory, TimeSource.system());
    }

    /// Makes one call, and once more on a fresh connection where a stale one was the only reason that it
    /// failed.
    Response send(Request request) throws Exception {
        CallTimings timings = request.attribute(CallTimings.KEY).orElse(null);
        long begunNanos = timings == null ? 0 : System.nanoTime();
        Lease<ClientConnection> lease = acquire();
        int repeats = 0;
        while (true) {
            ClientConnection connection = lease.connection();
            boolean mayBeStale = connection.mayBeStale();
            ClientCall call = new ClientCall(origin, request);
            long leasedNanos = timings == null ? 0 : System.nanoTime();
            try {
                Response response = sent(call, connection);
                if (timings != null) {
                    record(timings, connection, begunNanos, leasedNanos);
                }
                return settled(call, lease, response);
            } catch (Throwable failure) {
                call.stopUpload();
                if (connection.hasSurvived()) lease.close();
                else lease.discard();
                if (repeats == MOST_REPEATS || !mayRepeat(call, failure, mayBeStale && repeats == 0)) throw failure;
                repeats++;
                if (isUnprocessed(failure)) pause(repeats);
                lease = isUnprocessed(failure) ? acquire() : acquireFresh();
            }
        }
    }

    private static void record(CallTimings timings, ClientConnection connection, long begunNanos, long leasedNanos) {
        ConnectTimes opening = connection.times();
        Duration waited = Duration.ofNanos(leasedNanos - begunNanos);
        Duration answer = Duration.ofNanos(System.nanoTime() - leasedNanos);
        if (!opening.begunSince(begunNanos)) {
            timings.reused(connection.version(), waited, answer);
        } else {
            timings.opened(
                    connection.version(),
                    Duration.ofNanos(opening.dnsNanos()),
                    Duration.ofNanos(opening.connectNanos()),
                    Duration.ofNanos(opening.tlsNanos()),
                    Duration.ofNanos(Math.max(0, waited.toNanos() - opening.allNanos())),
                    answer);
        }
    }

    private Response sent(ClientCall call, ClientConnection connection) throws Exception {
        Body body = call.request().body();
        boolean awaitsContinue = call.request().headers().has(Names.EXPECT);
        if (body instanceof BytesBody bytes
                && (bytes.content().isEmpty() || !awaitsContinue)
                && bytes.content().size() <= MAX_WHOLE_BYTES) {
            call.sending();
            connection.whole(call, bytes.content());
        } else {
            Upload.start(call, connection, body.fromStart());
        }
        // Over a connection of its own, or with a body that streams, it holds up no burst.
        call.request().attribute(Burst.PLACE).ifPresent(Burst.Place::leave);
        return call.await(firstByteNanos);
    }

    /// Gives the connection back if all of the answer is there, or lets its body do so.
    private static Response settled(ClientCall call, Lease<ClientConnection> lease, Response response) {
        if (!(response.body() instanceof BodyPipe pipe)
                || (pipe.isOver() && pipe.failure().isEmpty())) {
            if (call.leavesConnection()) lease.close();
            else lease.discard();
            return response;
        }
        return Response.of(response.status(), response.headers(), new LeasedBody(pipe, call, lease));
    }

    private static void pause(int repeats) {
        if (repeats == 1) return;
        long ceiling = Math.min(TimeUnit.MILLISECONDS.toNanos(1L << repeats), LONGEST_PAUSE.toNanos());
        long nanos = ThreadLocalRandom.current().nextLong(ceiling);
        try {
            Thread.sleep(Duration.ofNanos(
                    Math.max(0, Math.min(nanos, Deadline.current().remainingNanos()))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted before a call was made again", Processed.NO, e);
        }
    }

    private static boolean isUnprocessed(Throwable failure) {
        return failure instanceof ConnectionLost lost && lost.processed() == Processed.NO;
    }

    /// Source: RFC 9110, section 9.2.2
    ///
    /// @param mayBeStale whether the connection may have been closed by its server before the call
    private static boolean mayRepeat(ClientCall call, Throwable failure, boolean mayBeStale) {
        if (!(failure instanceof ConnectionLost lost) || call.isHeard()) return false;
        Request request = call.request();
        boolean canRepeat = request.body().isReplayable();
        if (lost.processed() == Processed.NO) return canRepeat || !call.isUploading();
        Method method = request.method();
        return mayBeStale
                && canRepeat
                && (method.isIdempotent() || request.headers().has(Names.IDEMPOTENCY_KEY));
    }

    private Lease<ClientConnection> acquire() {
        Optional<Lease<ClientConnection>> idle = pool.tryAcquire();
        if (idle.isPresent()) return idle.get();
        Duration limit = pool.stats().total() == 0 ? openTimeout.plus(waitTimeout) : waitTimeout;
        try {
            return Deadline.within(limit, pool::acquire);
        } catch (ConnectFailed failure) {
            throw reason(failure);
        }
    }

    /// Idle connections are given up until one comes that no server can have closed for idleness: they are as
    /// old as the one that was stale.
    private Lease<ClientConnection> acquireFresh() {
        Lease<ClientConnection> lease = acquire();
        for (int i = 0; i < MOST_DISCARDED && lease.connection().mayBeStale(); i++) {
            lease.discard();
            lease = acquire();
        }
        return lease;
    }

    /// What kept the connection from being opened, told to each who waited for it.
    private RuntimeException reason(ConnectFailed failure) {
        return switch (failure.getCause()) {
            case DeadlineExceeded late -> {
                DeadlineExceeded own = new DeadlineExceeded(late.waitingFor(), Processed.NO);
                own.addSuppressed(late);
                yield own;
            }
            case ConnectFailed cause -> new ConnectFailed(String.valueOf(cause.getMessage()), cause);
            case null, default -> failure;
        };
    }

    PoolStats stats() {
        return pool.stats();
    }

    /// Gives up a connection that nobody uses.
    ///
    /// @return false if there is none
    boolean giveUpIdle() {
        Optional<Lease<ClientConnection>> idle = pool.tryAcquire();
        idle.ifPresent(Lease::discard);
        return idle.isPresent();
    }

    /// Closes, if it has no connection and nobody waits for one.
    ///
    /// @return whether it is closed
    boolean retireIfIdle() {
        PoolStats now = pool.stats();
        if (now.total() + now.connecting() + now.waiting() > 0) return isRetired;
        isRetired = true;
        pool.close();
        return true;
    }

    /// Whether it was closed to make room for another origin's, so that a call that it refuses may begin anew.
    boolean isRetired() {
        return isRetired;
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public String toString() {
        return "connections to " + origin;
    }
}
