package io.hawser.internal.client;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import io.hawser.TimeSource;
import io.hawser.internal.io.IoLoop;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.IoDispatcher;
import io.hawser.internal.link.Link;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.internal.tcp.Connector;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Receipt;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ConnectionState;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one client connected: connects, waits until the connection has ended, pauses, connects again.
///
/// The thread is a virtual one; whoever closes the client interrupts it and waits for its end. `link` is the
/// connection that is open now, or null. What is to be sent goes through the [SendQueue], which knows the
/// open link too; there is no next connection before the last one's messages are back in it. The state
/// leaves CLOSED never.
///
/// Thread: [#run] is that thread's; the rest is safe from any.
public final class ReconnectingClient<L extends Link & ClientLink> implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReconnectingClient.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final ClientPlan plan;
    private final ClientProtocol<L> protocol;
    private final NettyIoThreads threads;
    private final Connector connector;
    private final SessionRegistry sessions;
    private final SendQueue queue;
    private final @Nullable PulledMessages pulled;
    private final TimeSource time;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Attempts attempts;
    private int nextEndpoint;
    /// What the last server asked for, before another attempt.
    private Duration askedPause = Duration.ZERO;

    private volatile @Nullable L link;
    private volatile ConnectionState state = ConnectionState.CONNECTING;
    private volatile @Nullable CloseReason lastReason;

    private ReconnectingClient(
            ClientPlan plan,
            ClientProtocol<L> protocol,
            SessionHandler handler,
            @Nullable PulledMessages pulled,
            NettyIoThreads threads) {
        this.plan = plan;
        this.protocol = protocol;
        this.pulled = pulled;
        this.threads = threads;
        this.time = TimeSource.system();
        this.attempts = new Attempts(plan.reconnect());
        this.connector = Connector.open(threads, plan.connect(), plan.alpn());
        this.sessions =
                new SessionRegistry(plan.session(), handler, new IoDispatcher(threads, handler.mode()), false, time) {
                    @Override
                    protected void opened(Link link) {
                        if (pulled != null) pulled.coming();
                        super.opened(link);
                    }
                };
        this.queue = new SendQueue(protocol::checkSize, plan.maxQueuedMessages(), plan.maxQueuedBytes());
        this.nextEndpoint = ThreadLocalRandom.current().nextInt(plan.endpoints().size());
        this.thread = Thread.ofVirtual().name("hawser-client-" + plan.id()).unstarted(this);
    }

    /// A client whose messages wait to be received.
    public static <L extends Link & ClientLink> ReconnectingClient<L> pulled(
            ClientPlan plan, ClientProtocol<L> protocol) {
        PulledMessages pulled = new PulledMessages();
        return started(plan, protocol, pulled, pulled);
    }

    /// As [#pulled(ClientPlan, ClientProtocol)], where `opened` and `closed` of `hooks` are told of each
    /// connection.
    public static <L extends Link & ClientLink> ReconnectingClient<L> pulled(
            ClientPlan plan, ClientProtocol<L> protocol, SessionHandler hooks) {
        PulledMessages pulled = new PulledMessages();
        return started(plan, protocol, pulled.with(hooks), pulled);
    }

    /// A client whose messages go to `handler`.
    public static <L extends Link & ClientLink> ReconnectingClient<L> handled(
            ClientPlan plan, ClientProtocol<L> protocol, SessionHandler handler) {
        return started(plan, protocol, handler, null);
    }

    private static <L extends Link & ClientLink> ReconnectingClient<L> started(
            ClientPlan plan, ClientProtocol<L> protocol, SessionHandler handler, @Nullable PulledMessages pulled) {
        if (IoLoop.isCurrent()) throw new IllegalStateException("connecting waits, so it is refused on an event loop");
        NettyIoThreads threads = NettyIoThreads.shared();
        ReconnectingClient<L> client;
        try {
            client = new ReconnectingClient<>(plan, protocol, handler, pulled, threads);
        } catch (RuntimeException e) {
            threads.close();
            throw e;
        }
        try {
            client.start();
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private void start() {
        RuntimeException failure = null;
        for (int i = 0; i < plan.endpoints().size(); i++) {
            try {
                connect();
                thread.start();
                return;
            } catch (ConnectFailed | SessionClosed | ConnectionLost | Rejected e) {
                if (failure != null) e.addSuppressed(failure);
                failure = e;
                if (e instanceof SessionClosed refused && protocol.isFinal(refused.code())) break;
            }
        }
        throw failure == null ? new ConnectFailed("no server", null) : failure;
    }

    @Override
    public void run() {
        try {
            while (state != ConnectionState.CLOSED) {
                L now = link;
                if (now != null) {
                    CloseReason reason = now.awaitEnd();
                    link = null;
                    lastReason = reason;
                    if (protocol.isFinal(reason.code())) {
                        giveUp(reason);
                        return;
                    }
                    become(ConnectionState.DISCONNECTED);
                    attempts.ended(time.nanoTime());
                    askedPause = reason.retryAfter().orElse(Duration.ZERO);
                }
                time.sleep(attempts.pause(askedPause, ThreadLocalRandom.current()));
                try {
                    become(ConnectionState.CONNECTING);
                    connect();
                } catch (RuntimeException e) {
                    become(ConnectionState.DISCONNECTED);
                    attempts.failed();
                    logFailure(e);
                    if (e instanceof SessionClosed refused && protocol.isFinal(refused.code())) {
                        giveUp(CloseReason.of(refused.code(), refused.reason()));
                        return;
                    }
                    if (attempts.areExhausted()) {
                        giveUp(CloseReason.of(
                                CloseReason.LOST.code(),
                                "gave up after " + attempts.failures() + " attempts: " + e.getMessage()));
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            // close() does that
        }
    }

    private void logFailure(RuntimeException e) {
        if (e instanceof HawserException) {
            LOG.debug("client {}: attempt {} failed: {}", plan.id(), attempts.failures(), e.getMessage());
        } else {
            LOG.warn("client {}: attempt {} failed", plan.id(), attempts.failures(), e);
        }
    }

    private synchronized void become(ConnectionState next) {
        if (state != ConnectionState.CLOSED) state = next;
    }

    private void connect() {
        askedPause = Duration.ZERO;
        ClientProtocol<L> next = nextProtocol();
        Endpoint endpoint = plan.endpoints()
                .get(Math.floorMod(nextEndpoint++, plan.endpoints().size()));
        L opening = next.connect(new Connecting(threads, connector, endpoint, sessions, queue));
        try {
            opening.awaitOpen(endpoint, plan.connect().timeout());
        } catch (RuntimeException e) {
            settle(opening);
            throw e;
        }
        attempts.opened(time.nanoTime());
        link = opening;
        become(ConnectionState.CONNECTED);
    }

    private ClientProtocol<L> nextProtocol() {
        try {
            return protocol.next();
        } catch (HawserException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted before a connect", Processed.NO, e);
        } catch (Throwable e) {
            throw new ConnectFailed("what the application prepares before a connect failed: " + e, e);
        }
    }

    /// It may have been open for a moment, and have been given messages.
    private void settle(ClientLink failed) {
        try {
            CloseReason reason = failed.awaitEnd();
            askedPause = reason.retryAfter().orElse(Duration.ZERO);
            LOG.debug("{} ended: {}", failed, reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveUp(CloseReason reason) {
        LOG.info("client {} stops: {}", plan.id(), reason);
        lastReason = reason;
        end();
    }

    private void end() {
        become(ConnectionState.CLOSED);
        queue.end();
        if (pulled != null) pulled.end(closedError());
    }

    public String id() {
        return plan.id();
    }

    public Receipt send(Message message) {
        if (IoLoop.isCurrent()) throw new IllegalStateException("send() may wait, so it is refused on an event loop");
        return queue.send(message);
    }

    public int keptMessages() {
        return queue.keptMessages();
    }

    /// Receives until the client closes.
    public Iterator<Message> iterator() {
        return new Iterator<>() {
            private @Nullable Message next;

            @Override
            public boolean hasNext() {
                if (next == null) next = received();
                return next != null;
            }

            @Override
            public Message next() {
                if (!hasNext() || next == null) throw new NoSuchElementException("the client has closed");
                Message taken = next;
                next = null;
                return taken;
            }
        };
    }

    private @Nullable Message received() {
        try {
            return receive();
        } catch (SessionClosed end) {
            return null;
        }
    }

    public Message receive() {
        if (IoLoop.isCurrent()) throw new IllegalStateException("receive() waits, so it is refused on an event loop");
        if (pulled == null) throw new IllegalStateException("messages go to the handler of this client");
        return pulled.receive();
    }

    public Optional<Session> session() {
        return Optional.ofNullable(link);
    }

    public ConnectionState state() {
        return state;
    }

    /// Why the last connection ended, or the client gave up; empty if none did.
    public Optional<CloseReason> lastReason() {
        return Optional.ofNullable(lastReason);
    }

    private SessionClosed closedError() {
        CloseReason reason = lastReason().orElse(CloseReason.NORMAL);
        return new SessionClosed(reason.code(), reason.message(), Processed.NO);
    }

    @Override
    public void close() {
        if (IoLoop.isCurrent()) throw new IllegalStateException("close() waits, so it is refused on an event loop");
        if (!closed.compareAndSet(false, true)) return;
        become(ConnectionState.CLOSED);
        thread.interrupt();
        L open = link;
        if (open != null) open.close(CloseReason.NORMAL);
        DrainReport report = sessions.drain(CloseReason.NORMAL, LONGEST_CLOSE);
        if (report.cut() > 0) LOG.debug("client {}: its server did not take the goodbye", plan.id());
        awaitThread();
        forgetLink();
        end();
        protocol.close();
        connector.close();
        threads.close();
    }

    /// What the thread does at the end of a connection, unless its interrupt came first.
    private void forgetLink() {
        L last = link;
        if (last == null) return;
        link = null;
        lastReason = last.finalReason();
    }

    private void awaitThread() {
        try {
            if (thread.isAlive() && !thread.join(LONGEST_CLOSE)) LOG.warn("{} still runs", thread.getName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
