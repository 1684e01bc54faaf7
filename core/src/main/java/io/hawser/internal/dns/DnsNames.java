package io.hawser.internal.dns;

import io.hawser.Resolver;
import io.hawser.TimeSource;
import io.hawser.internal.io.NettyIoThreads;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The machine's name servers, asked by Netty on one event loop, which begins with the first question.
///
/// Thread: safe from any.
public final class DnsNames implements NameSource, AutoCloseable {
    private static final long QUERY_TIMEOUT_MILLIS = 2000;

    /// What the `hosts` file says has no life of its own.
    private static final Duration LIFE_OF_FILE = Duration.ofSeconds(5);

    private final NettyIoThreads threads;
    private final Optional<InetSocketAddress> server;
    private final Lives lives = new Lives();
    private final NameCache cache = new NameCache(this, TimeSource.system());

    // Guarded by this:
    private @Nullable DnsNameResolver resolver;
    private boolean isClosed;

    /// @param server to ask in place of those of the machine
    public DnsNames(NettyIoThreads threads, Optional<InetSocketAddress> server) {
        this.threads = threads;
        this.server = server;
    }

    public Resolver cache() {
        return cache;
    }

    @Override
    public CompletableFuture<Answer> ask(String host) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        resolver().resolveAll(host).addListener((Future<List<InetAddress>> found) -> {
            if (found.isSuccess()) answer.complete(new Answer(List.copyOf(found.getNow()), lives.take(found.getNow())));
            else if (doesNotExist(found.cause())) answer.complete(new Answer(List.of(), Duration.ZERO));
            else answer.completeExceptionally(found.cause());
        });
        return answer;
    }

    private static boolean doesNotExist(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DnsErrorCauseException said)
                return said.getCode().equals(DnsResponseCode.NXDOMAIN);
        }
        return false;
    }

    private synchronized DnsNameResolver resolver() {
        if (isClosed) throw new IllegalStateException("the client is closed");
        DnsNameResolver known = resolver;
        if (known == null) {
            DnsNameResolverBuilder builder = new DnsNameResolverBuilder(threads.next())
                    .datagramChannelFactory(threads.datagramChannels())
                    .socketChannelFactory(
                            () -> (SocketChannel) threads.tcpChannels().newChannel())
                    .resolveCache(lives)
                    .cnameCache(NoopDnsCnameCache.INSTANCE)
                    .queryTimeoutMillis(QUERY_TIMEOUT_MILLIS);
            server.ifPresent(
                    address -> builder.nameServerProvider(new SingletonDnsServerAddressStreamProvider(address)));
            known = builder.build();
            resolver = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (resolver != null) resolver.close();
    }

    /// Keeps nothing but the life of what Netty has found, until it is asked for.
    private static final class Lives implements DnsCache {
        private static final int MOST = 4096;

        private final Map<InetAddress, Long> seconds = new ConcurrentHashMap<>();

        Duration take(List<InetAddress> addresses) {
            long shortest = Long.MAX_VALUE;
            for (InetAddress address : addresses) {
                Long life = seconds.remove(address);
                if (life != null) shortest = Math.min(shortest, life);
            }
            return shortest == Long.MAX_VALUE ? LIFE_OF_FILE : Duration.ofSeconds(shortest);
        }

        @Override
        public DnsCacheEntry cache(
                String host, DnsRecord[] additionals, InetAddress address, long ttlSeconds, EventLoop loop) {
            if (seconds.size() >= MOST) seconds.clear();
            seconds.merge(address, ttlSeconds, Math::min);
            return new Found(address, null);
        }

        @Override
        public DnsCacheEntry cache(String host, DnsRecord[] additionals, Throwable cause, EventLoop loop) {
            return new Found(null, cause);
        }

        @Override
        public @Nullable List<? extends DnsCacheEntry> get(String host, DnsRecord[] additionals) {
            return null;
        }

        @Override
        public void clear() {
            seconds.clear();
        }

        @Override
        public boolean clear(String host) {
            return false;
        }
    }

    private record Found(
            @Nullable InetAddress address, @Nullable Throwable cause) implements DnsCacheEntry {}
}
