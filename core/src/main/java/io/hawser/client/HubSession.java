package io.hawser.client;

import static io.hawser.client.Requests.body;
import static io.hawser.client.Requests.request;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.cluster.Position;
import io.hawser.cluster.TopicPattern;
import io.hawser.internal.client.Attempts;
import io.hawser.session.CloseReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The session behind a [HubClient]: one virtual thread connects, reads, and comes back when the
/// connection is lost.
final class HubSession {
    private static final Duration CATCH_UP_PAUSE = Duration.ofSeconds(1);

    private final HubClientConfig config;
    private final Told told;
    private final Map<String, Following> followed = new ConcurrentHashMap<>();
    private final WireState state = new WireState();
    private final Questions questions;
    private final CompletableFuture<String> started = new CompletableFuture<>();
    private final Attempts attempts;
    private final Thread thread;
    private volatile String sid = "";
    private String token = "";

    HubSession(HubClientConfig config, Consumer<DirectMessage> direct) {
        this.config = config;
        this.attempts = new Attempts(config.reconnect());
        this.questions = new Questions(state, config.timeout());
        this.told = new Told(followed, questions, new Direct(direct, this::acknowledge));
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

    boolean isConnected() {
        return state.wire() != null;
    }

    Optional<CloseReason> lastReason() {
        return state.lastReason();
    }

    private void run() {
        while (state.end() == null) {
            Optional<Duration> asked = Optional.empty();
            boolean wasWelcome = false;
            try {
                HubWire connected = connect();
                try {
                    Deadline.within(config.timeout(), () -> greet(connected));
                    wasWelcome = true;
                    attempts.opened(System.nanoTime());
                    while (true) told.message(Requests.decode(connected.receive()));
                } finally {
                    disconnected(connected);
                }
            } catch (HubGoodbye goodbye) {
                asked = goodbye.reason().retryAfter();
                state.lost(goodbye.reason(), goodbye.isFinal());
                if (started.completeExceptionally(WireState.closed(goodbye.reason()))) return;
            } catch (RuntimeException failure) {
                // A hub that says what makes no sense is as good as none.
                state.lost(CloseReason.of(CloseReason.LOST.code(), String.valueOf(failure.getMessage())), false);
                if (started.completeExceptionally(failure)) return;
            }
            if (wasWelcome) attempts.ended(System.nanoTime());
            else attempts.failed();
            if (attempts.areExhausted()) state.lost(CloseReason.LOST, true);
            if (state.end() == null) state.sleep(pause(asked.orElse(Duration.ZERO)));
        }
        CloseReason why = state.end();
        for (Following each : followed.values()) each.end(why == null ? CloseReason.NORMAL : why);
    }

    /// What a goaway says is for this client alone, and random; a goodbye and a loss are for many at once.
    private Duration pause(Duration asked) {
        return told.pause().orElseGet(() -> attempts.pause(asked, told.spread(), ThreadLocalRandom.current()));
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
        ObjectNode hello = body().put("client", config.name()).put("spread", true);
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
        told.welcome(welcome);
        boolean isResumed = welcome.path("resumed").asBoolean(false);
        if (!isResumed) told.direct().forget();
        for (Following each : followed.values()) {
            each.rejoined();
            if (!isResumed) subscribeAgain(connected, each);
        }
        state.connected(connected);
        started.complete(sid);
        return sid;
    }

    /// Before anything else is said on a new connection.
    private void subscribeAgain(HubWire connected, Following following) {
        var _ = questions.askFirst(connected, subscribe(following)).thenAccept(said -> {
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

    private void disconnected(HubWire connected) {
        state.disconnected();
        connected.close();
        questions.broken();
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
            while (state.end() == null && followed.containsValue(following)) {
                try {
                    var _ = ask(() -> subscribe(following), true);
                    return;
                } catch (HawserException notNow) {
                    state.sleep(CATCH_UP_PAUSE);
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

    private void acknowledge(long s) {
        HubWire now = state.wire();
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
        return questions.ask(question, isRepeatable);
    }

    void close() {
        HubWire last = state.close();
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
