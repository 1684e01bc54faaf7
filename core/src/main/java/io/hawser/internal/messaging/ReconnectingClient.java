package io.hawser.internal.messaging;

import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.SessionClosed;
import io.hawser.TimeSource;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.IoDispatcher;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.internal.tcp.Connector;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.Receipt;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ConnectionState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one client connected: connects, waits until the connection has ended, pauses, connects again.
///
/// The thread is a virtual one; whoever closes the client interrupts it. `link` is the connection that is open now, or
/// null. What is to be sent goes through the [SendQueue], which knows the open link too.
///
/// Thread: [#run] is the loop's; the rest is safe from any.
public final class ReconnectingClient implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReconnectingClient.class);

    private final MessagingClientConfig config;
    private final NettyIoThreads threads;
    private final Connector connector;
    private final SessionRegistry sessions;
    private final MsgiSettings settings;
    private final SendQueue queue;
    private final @Nullable PulledMessages pulled;
    private final TimeSource time;
    private final Thread thread;
    private int nextEndpoint;

    private volatile @Nullable MsgiClientLink link;
    private volatile ConnectionState state = ConnectionState.CONNECTING;
    private volatile @Nullable CloseReason lastReason;

    private ReconnectingClient(MessagingClientConfig config, SessionHandler handler, @Nullable PulledMessages pulled) {
        MessagingConfig messaging = config.messaging();
        this.config = config;
        this.pulled = pulled;
        this.threads = NettyIoThreads.shared();
        this.queue = new SendQueue(config.maxQueuedMessages(), config.maxQueuedBytes());
        this.time = TimeSource.system();
        this.connector = Connector.open(threads, config.connect(), List.of("msgi"));
        this.sessions = new SessionRegistry(
                messaging.session(), handler, new IoDispatcher(threads, handler.mode()), false, time);
        this.settings = MsgiSettings.of(messaging.id(), messaging.maxMessageBytes(), true, messaging.pipeline());
        this.nextEndpoint =
                ThreadLocalRandom.current().nextInt(config.endpoints().size());
        this.thread = Thread.ofVirtual().name("hawser-client-" + config.id()).unstarted(this);
    }

    /// A client whose messages wait to be received.
    public static ReconnectingClient pulled(MessagingClientConfig config) {
        PulledMessages pulled = new PulledMessages();
        return started(new ReconnectingClient(config, pulled, pulled));
    }

    /// A client whose messages go to `handler`.
    public static ReconnectingClient handled(MessagingClientConfig config, SessionHandler handler) {
        return started(new ReconnectingClient(config, handler, null));
    }

    private static ReconnectingClient started(ReconnectingClient client) {
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
        for (int i = 0; i < config.endpoints().size(); i++) {
            try {
                connect();
                thread.start();
                return;
            } catch (ConnectFailed | SessionClosed | ConnectionLost e) {
                if (failure != null) e.addSuppressed(failure);
                failure = e;
                if (e instanceof SessionClosed refused && !mayRetry(refused.code())) break;
            }
        }
        throw failure == null ? new ConnectFailed("no server", null) : failure;
    }

    private static boolean mayRetry(int code) {
        return code < 4000 || CloseReason.of(code, "").mayRetry();
    }

    @Override
    public void run() {
        try {
            int failures = 0;
            while (state != ConnectionState.CLOSED) {
                MsgiClientLink now = link;
                if (now != null) {
                    CloseReason reason = now.awaitEnd();
                    link = null;
                    lastReason = reason;
                    if (reason.code() >= 4000 && !reason.mayRetry()) {
                        giveUp(reason);
                        return;
                    }
                    state = ConnectionState.DISCONNECTED;
                    pauseAtLeast(reason.retryAfter().orElse(Duration.ZERO), 0);
                } else {
                    pauseAtLeast(Duration.ZERO, failures);
                }
                try {
                    state = ConnectionState.CONNECTING;
                    connect();
                    failures = 0;
                } catch (HawserException e) {
                    state = ConnectionState.DISCONNECTED;
                    failures++;
                    LOG.debug("client {}: attempt {} failed: {}", config.id(), failures, e.getMessage());
                    if (config.reconnect().isExhausted(failures)) {
                        giveUp(CloseReason.of(
                                CloseReason.LOST.code(), "gave up after " + failures + " attempts: " + e.getMessage()));
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            // close() does that
        }
    }

    private void pauseAtLeast(Duration asked, int failures) throws InterruptedException {
        Duration jittered = config.reconnect().pause(failures, ThreadLocalRandom.current());
        time.sleep(asked.plus(jittered));
    }

    private void connect() {
        Endpoint endpoint = config.endpoints()
                .get(Math.floorMod(nextEndpoint++, config.endpoints().size()));
        MsgiClientLink opening =
                connector.connect(endpoint, channel -> new MsgiClientLink(sessions, settings, config, queue, channel));
        opening.awaitOpen(endpoint, config.connect().timeout());
        link = opening;
        state = ConnectionState.CONNECTED;
    }

    private void giveUp(CloseReason reason) {
        LOG.info("client {} stops: {}", config.id(), reason);
        lastReason = reason;
        end();
    }

    private void end() {
        state = ConnectionState.CLOSED;
        queue.end();
        if (pulled != null) pulled.end(closedError());
    }

    public String id() {
        return config.id();
    }

    public Receipt send(Message message) {
        return queue.send(message);
    }

    public int keptMessages() {
        return queue.keptMessages();
    }

    public Message receive() {
        if (pulled == null) throw new IllegalStateException("messages go to the handler of this client");
        return pulled.receive();
    }

    public Optional<Session> session() {
        return Optional.ofNullable(link);
    }

    public ConnectionState state() {
        return state;
    }

    /// Why the last connection ended.
    public CloseReason lastReason() {
        CloseReason reason = lastReason;
        return reason == null ? CloseReason.NORMAL : reason;
    }

    private SessionClosed closedError() {
        CloseReason reason = lastReason();
        return new SessionClosed(reason.code(), reason.message(), Processed.NO);
    }

    @Override
    public void close() {
        state = ConnectionState.CLOSED;
        thread.interrupt();
        MsgiClientLink open = link;
        if (open != null) open.closeWith(CloseReason.NORMAL);
        sessions.drain(CloseReason.NORMAL, Duration.ofSeconds(5));
        end();
        connector.close();
        threads.close();
    }
}
