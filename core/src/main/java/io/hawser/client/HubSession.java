package io.hawser.client;

import static io.hawser.client.Requests.body;
import static io.hawser.client.Requests.request;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import io.hawser.cluster.Position;
import io.hawser.cluster.TopicPattern;
import io.hawser.session.CloseReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The session behind a [HubClient]: one virtual thread connects, reads, and comes back when the
/// connection is lost.
///
/// Lock: this monitor guards `wire`, `end` and `lastReason`; nothing is called while it is held.
final class HubSession {
    private static final int MAX_IN_FLIGHT = 64;
    private static final int UNAVAILABLE = 503;
    private static final Duration CATCH_UP_PAUSE = Duration.ofSeconds(1);

    private final HubClientConfig config;
    private final Told told;
    private final Map<String, Following> followed = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Optional<JsonNode>>> asked = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Semaphore places = new Semaphore(MAX_IN_FLIGHT, true);
    private final CompletableFuture<String> started = new CompletableFuture<>();
    private final Thread thread;
    private volatile String sid = "";
    private String token = "";
    private @Nullable HubWire wire;
    private @Nullable CloseReason end;
    private @Nullable CloseReason lastReason;

    HubSession(HubClientConfig config, Consumer<DirectMessage> direct) {
        this.config = config;
        this.told = new Told(followed, asked, new Direct(direct, this::acknowledge));
        this.thread = Thread.ofVirtual().name("hawser-hub-client").unstarted(this::run);
    }

    /// Waits for the first welcome.
    void start() {
        thread.start();
        try {
            var _ = started.get(Deadline.current().remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            close();
            throw new DeadlineExceeded("a connection to " + config.uri(), Processed.NO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new Cancelled("interrupted while connecting", Processed.NO, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof HawserException failure
                    ? failure
                    : new ConnectFailed("cannot connect to " + config.uri(), e.getCause());
        }
    }

    String sid() {
        return sid;
    }

    synchronized boolean isConnected() {
        return wire != null;
    }

    synchronized Optional<CloseReason> lastReason() {
        return Optional.ofNullable(lastReason);
    }

    private void run() {
        int failures = 0;
        while (end() == null) {
            Optional<Duration> pause = Optional.empty();
            try {
                HubWire connected = connect();
                try {
                    Deadline.within(config.timeout(), () -> greet(connected));
                    failures = 0;
                    while (true) told.message(Requests.decode(connected.receive()));
                } finally {
                    disconnected(connected);
                }
            } catch (HubGoodbye goodbye) {
                pause = goodbye.reason().retryAfter().or(told::pause);
                lost(goodbye.reason(), goodbye.isFinal());
                if (started.completeExceptionally(closed(goodbye.reason()))) return;
            } catch (RuntimeException failure) {
                // A hub that says what makes no sense is as good as none.
                lost(CloseReason.of(CloseReason.LOST.code(), String.valueOf(failure.getMessage())), false);
                if (started.completeExceptionally(failure)) return;
            }
            failures++;
            if (config.reconnect().isExhausted(failures)) lost(CloseReason.LOST, true);
            if (end() == null) sleep(pause.orElse(config.reconnect().pause(failures - 1, ThreadLocalRandom.current())));
        }
        CloseReason why = end();
        for (Following each : followed.values()) each.end(why == null ? CloseReason.NORMAL : why);
    }

    private HubWire connect() {
        return Deadline.within(
                config.timeout(),
                () -> config.uri().getScheme().startsWith("ws")
                        ? SocketWire.connect(config)
                        : MsgiWire.connect(config));
    }

    /// @return the id of the session
    private String greet(HubWire connected) {
        ObjectNode hello = body().put("client", config.name());
        config.token().ifPresent(shown -> hello.set("auth", body().put("bearer", shown.get())));
        if (!token.isEmpty()) {
            hello.put("resume", token).put("s", told.direct().lastS());
            hello.set("pos", Requests.positions(positions()));
        }
        ObjectNode first = body().put("id", 0);
        first.set("hello", hello);
        connected.send(Requests.encode(first), false);
        JsonNode welcome = Requests.decode(connected.receive()).path("welcome");
        token = welcome.path("resume").asString("");
        sid = welcome.path("sid").asString("");
        boolean isResumed = welcome.path("resumed").asBoolean(false);
        if (!isResumed) told.direct().forget();
        for (Following each : followed.values()) {
            each.rejoined();
            if (!isResumed) subscribeAgain(connected, each);
        }
        synchronized (this) {
            if (end == null) wire = connected;
            notifyAll();
        }
        started.complete(sid);
        return sid;
    }

    /// Before anything else is said on a new connection.
    private void subscribeAgain(HubWire connected, Following following) {
        long id = ids.incrementAndGet();
        CompletableFuture<Optional<JsonNode>> answer = new CompletableFuture<>();
        asked.put(id, answer);
        connected.send(Requests.encode(numbered(subscribe(following), id)), false);
        var _ = answer.thenAccept(said -> {
            asked.remove(id);
            if (said.isPresent() && said.get().has("err")) catchUp(following);
        });
    }

    private Map<String, Position> positions() {
        Map<String, Position> positions = new HashMap<>();
        for (Following each : followed.values()) {
            each.from().ifPresent(at -> positions.put(each.pattern.text(), at));
        }
        return positions;
    }

    private static ObjectNode subscribe(Following following) {
        ObjectNode sub = Requests.topic(following.pattern.text());
        following.from().ifPresent(at -> sub.set("pos", Requests.position(at)));
        return request("sub", sub);
    }

    private static ObjectNode numbered(ObjectNode request, long id) {
        return request.put("id", id);
    }

    private void disconnected(HubWire connected) {
        synchronized (this) {
            wire = null;
        }
        connected.close();
        asked.values().forEach(answer -> answer.complete(Optional.empty()));
        asked.clear();
    }

    private synchronized void lost(CloseReason reason, boolean isFinal) {
        lastReason = reason;
        if (isFinal && end == null) end = reason;
        notifyAll();
    }

    private synchronized @Nullable CloseReason end() {
        return end;
    }

    private static SessionClosed closed(CloseReason reason) {
        return new SessionClosed(reason.code(), reason.message(), Processed.NO);
    }

    private synchronized void sleep(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        try {
            for (long left = pause.toNanos(); left > 0 && end == null; left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            // Nobody but close() has a reason to, and it says so by the end.
        }
    }

    Following follow(TopicPattern pattern, Position from, @Nullable TopicHandler handler, int maxWaiting) {
        Following[] self = new Following[1];
        Following following = new Following(pattern, from, handler, maxWaiting, () -> catchUp(self[0]));
        self[0] = following;
        if (followed.putIfAbsent(pattern.text(), following) != null) {
            throw new IllegalStateException("topic " + pattern + " is followed already");
        }
        try {
            var _ = ask(() -> subscribe(following), true);
        } catch (RuntimeException failure) {
            followed.remove(pattern.text(), following);
            throw failure;
        }
        return following;
    }

    /// Goes on with a subscription from where it is: a log that fell behind, or one that the hub could
    /// not go on with at once.
    private void catchUp(Following following) {
        Thread.ofVirtual().name("hawser-catch-up").start(() -> {
            while (end() == null && followed.containsValue(following)) {
                try {
                    var _ = ask(() -> subscribe(following), true);
                    return;
                } catch (HawserException notNow) {
                    sleep(CATCH_UP_PAUSE);
                }
            }
        });
    }

    /// Follows it no longer. Where the hub cannot be told, what it still sends is passed over.
    void forget(Following following) {
        following.end(CloseReason.NORMAL);
        boolean isKnown = followed.remove(following.pattern.text(), following);
        if (!isKnown || !isConnected()) return;
        try {
            var _ = ask(() -> request("unsub", Requests.topic(following.pattern.text())), false);
        } catch (HawserException notNow) {
            // As if there were no connection.
        }
    }

    private synchronized @Nullable HubWire connection() {
        return wire;
    }

    private void acknowledge(long s) {
        HubWire now = connection();
        if (now == null) return;
        try {
            now.send(Requests.encode(request("ack", body().put("s", s))), false);
        } catch (HawserException gone) {
            // The hello of the next connection says it again.
        }
    }

    /// Asks, and waits for the answer.
    ///
    /// @param isRepeatable whether it may be asked again where the answer got lost
    JsonNode ask(Supplier<ObjectNode> question, boolean isRepeatable) {
        Deadline deadline = Deadline.current().earlier(Deadline.after(config.timeout()));
        try {
            if (!places.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new DeadlineExceeded("a place among 64 requests", Processed.NO);
            }
            try {
                return ask(question, isRepeatable, deadline);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for the hub", Processed.MAYBE, e);
        }
    }

    private JsonNode ask(Supplier<ObjectNode> question, boolean isRepeatable, Deadline deadline)
            throws InterruptedException {
        while (true) {
            Optional<JsonNode> answer = attempt(awaitConnection(deadline), question.get(), deadline);
            if (answer.isPresent() && !answer.get().has("err")) return answer.get();
            if (answer.isEmpty() && isRepeatable) continue;
            if (answer.isEmpty()) {
                throw new ConnectionLost("the connection to the hub broke before its answer", Processed.MAYBE, null);
            }
            JsonNode err = answer.get().path("err");
            long retry = err.path("retry").asLong(-1);
            boolean isPatient = isRepeatable && err.path("code").asInt() == UNAVAILABLE && retry >= 0;
            if (!isPatient || deadline.remaining().toMillis() <= retry) {
                throw new Rejected(
                        err.path("code").asInt() + " " + err.path("msg").asString(""),
                        retry < 0 ? null : Duration.ofMillis(retry));
            }
            TimeUnit.MILLISECONDS.sleep(retry);
        }
    }

    /// Empty if the connection broke before the answer.
    @SuppressWarnings("ReferenceEquality") // connections are identities
    private Optional<JsonNode> attempt(HubWire over, ObjectNode question, Deadline deadline)
            throws InterruptedException {
        long id = ids.incrementAndGet();
        CompletableFuture<Optional<JsonNode>> answer = new CompletableFuture<>();
        asked.put(id, answer);
        try {
            over.send(Requests.encode(numbered(question, id)), Requests.isData(question));
            // It may have broken before it was asked for.
            if (over != connection()) return Optional.empty();
            return answer.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (SessionClosed gone) {
            return Optional.empty();
        } catch (TimeoutException late) {
            throw new DeadlineExceeded("the answer of the hub", Processed.MAYBE);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            asked.remove(id);
        }
    }

    private synchronized HubWire awaitConnection(Deadline deadline) throws InterruptedException {
        while (true) {
            CloseReason why = end;
            if (why != null) throw closed(why);
            HubWire now = wire;
            if (now != null) return now;
            if (deadline.hasPassed()) throw new DeadlineExceeded("a connection to the hub", Processed.NO);
            TimeUnit.NANOSECONDS.timedWait(this, deadline.remainingNanos());
        }
    }

    void close() {
        HubWire last;
        synchronized (this) {
            if (end == null) end = CloseReason.NORMAL;
            last = wire;
            notifyAll();
        }
        // Without a connection it connects, or waits for a welcome: nothing else would end that at once.
        if (last != null) last.close();
        else thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        told.direct().close();
    }
}
