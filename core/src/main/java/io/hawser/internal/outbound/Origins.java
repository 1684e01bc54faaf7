package io.hawser.internal.outbound;

import io.hawser.Bytes;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.internal.http.BodyPipe;
import io.hawser.internal.http.Switched;
import io.hawser.internal.http.Targets;
import io.hawser.internal.http1.Http1ClientLink;
import io.hawser.internal.io.IoLoop;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.pool.ConnectionFactory;
import io.hawser.pool.PoolStats;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The innermost handler of a client: sends each request to the origin that its target names.
///
/// Thread: safe from any but an event loop; the caller's waits.
public final class Origins implements HttpHandler, AutoCloseable {
    /// Spellings of origins that are known at once; beyond that all are forgotten and found again.
    private static final int MAX_SPELLINGS = 4096;

    /// Origins with a pool; beyond that those without a connection lose theirs.
    private static final int MAX_IDLE_POOLS = 256;

    private final HttpClientConfig config;
    private final Dialer dialer;
    private final Semaphore places;
    private final UpgradePlaces upgrades;
    private final Map<String, OriginPool> bySpelling = new ConcurrentHashMap<>();
    private final Map<OriginServer, OriginPool> pools = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    private Origins(NettyIoThreads threads, HttpClientConfig config) {
        this.config = config;
        this.dialer = new Dialer(threads, config);
        this.places = new Semaphore(config.pool().maxTotal(), true);
        this.upgrades = new UpgradePlaces(config.pool().maxUpgraded());
    }

    /// Owner: closes `threads` with itself.
    public static Origins open(NettyIoThreads threads, HttpClientConfig config) {
        return new Origins(threads, config);
    }

    @Override
    public Response handle(Request request) throws Exception {
        if (IoLoop.isCurrent()) throw new IllegalStateException("a call waits, so it is refused on an event loop");
        if (request.method().equals(Method.CONNECT)) {
            throw new IllegalArgumentException("CONNECT is for proxies: a client has one by its ConnectConfig");
        }
        String spelling = Targets.origin(request.target());
        if (request.attribute(Switched.WANTED).isPresent()) return upgrade(OriginServer.parse(spelling), request);
        while (true) {
            OriginPool known = bySpelling.get(spelling);
            OriginPool pool = known == null ? find(spelling) : known;
            try {
                return pool.send(request);
            } catch (Rejected refusal) {
                if (isClosed || !pool.isRetired()) throw refusal;
                bySpelling.remove(spelling, pool);
            }
        }
    }

    /// On a connection of its own: what it becomes is no business of a pool, nor is how long that lasts.
    private Response upgrade(OriginServer origin, Request request) throws Exception {
        if (isClosed) throw new Rejected("the client is closed", null);
        ClientConnection connection = connectAlone(origin);
        ClientCall call = new ClientCall(origin, request);
        try {
            call.sending();
            connection.whole(call, Bytes.EMPTY);
            Response response = call.await(config.timeouts().firstByte().toNanos());
            if (response.upgrade().isPresent()) return response;
            if (response.body() instanceof BodyPipe pipe) return response.withBody(new LastBody(pipe, connection));
            connection.close();
            return response;
        } catch (Throwable failure) {
            connection.close();
            throw failure;
        }
    }

    private ClientConnection connectAlone(OriginServer origin) throws InterruptedException {
        upgrades.take(origin);
        boolean isOpen = false;
        try {
            Http1ClientLink connection = dialer.connectAlone(origin);
            connection.channel().closeFuture().addListener(closed -> upgrades.giveBack(origin));
            isOpen = true;
            return connection;
        } finally {
            if (!isOpen) upgrades.giveBack(origin);
        }
    }

    /// By the name of the origin, in its order.
    public Map<String, PoolStats> stats() {
        Map<String, PoolStats> all = new TreeMap<>();
        pools.forEach((origin, pool) -> all.put(origin.toString(), pool.stats()));
        return Collections.unmodifiableMap(all);
    }

    private OriginPool find(String spelling) {
        if (isClosed) throw new Rejected("the client is closed", null);
        if (bySpelling.size() >= MAX_SPELLINGS) bySpelling.clear();
        if (pools.size() >= MAX_IDLE_POOLS) retireIdle();
        OriginServer origin = OriginServer.parse(spelling);
        OriginPool pool = pools.computeIfAbsent(origin, this::open);
        bySpelling.put(spelling, pool);
        if (isClosed) pool.close();
        return pool;
    }

    private void retireIdle() {
        pools.forEach((origin, pool) -> {
            if (pool.retireIfIdle()) pools.remove(origin, pool);
        });
    }

    private OriginPool open(OriginServer origin) {
        return new OriginPool(
                origin,
                config.pool(),
                new Opening(origin),
                config.timeouts().pool(),
                dialer.longest(),
                config.timeouts().firstByte());
    }

    @Override
    public void close() {
        if (IoLoop.isCurrent()) throw new IllegalStateException("close() waits, so it is refused on an event loop");
        isClosed = true;
        pools.values().forEach(OriginPool::close);
        dialer.close();
    }

    /// Opens the connections to one origin, as far as there may be more in all.
    private final class Opening implements ConnectionFactory<ClientConnection> {
        private final OriginServer origin;

        Opening(OriginServer origin) {
            this.origin = origin;
        }

        @Override
        public ClientConnection open() throws Exception {
            takePlace();
            boolean isOpen = false;
            try {
                ClientConnection connection = dialer.connect(origin);
                isOpen = true;
                return connection;
            } finally {
                if (!isOpen) places.release();
            }
        }

        private void takePlace() throws InterruptedException {
            if (places.tryAcquire()) return;
            for (OriginPool other : pools.values()) {
                if (other.giveUpIdle()) break;
            }
            long nanos = config.timeouts().pool().toNanos();
            if (places.tryAcquire(nanos, TimeUnit.NANOSECONDS)) return;
            throw new DeadlineExceeded(
                    "a place among the " + config.pool().maxTotal() + " connections of this client", Processed.NO);
        }

        @Override
        public boolean isUsable(ClientConnection connection) {
            return connection.isUsable();
        }

        @Override
        public void close(ClientConnection connection) {
            connection.close();
            places.release();
        }
    }
}
