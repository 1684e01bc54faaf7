package io.hawser.client;

import io.hawser.Cancelled;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a client asks of its hub, and what it still waits for.
///
/// Thread: safe from any.
final class Questions {
    private static final int MAX_IN_FLIGHT = 64;
    private static final int UNAVAILABLE = 503;

    private final WireState state;
    private final Duration timeout;
    private final Map<Long, CompletableFuture<Optional<JsonNode>>> open = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Semaphore places = new Semaphore(MAX_IN_FLIGHT, true);

    Questions(WireState state, Duration timeout) {
        this.state = state;
        this.timeout = timeout;
    }

    /// Takes the answer to one of them; to none, it is passed over.
    void answer(long id, JsonNode answer) {
        CompletableFuture<Optional<JsonNode>> asked = open.get(id);
        if (asked != null) asked.complete(Optional.of(answer));
    }

    /// The connection has gone, and no answer comes any more.
    void broken() {
        open.values().forEach(answer -> answer.complete(Optional.empty()));
        open.clear();
    }

    /// Asks before anything else is said on a new connection, and does not wait.
    ///
    /// @return the answer; empty if the connection broke before it
    CompletableFuture<Optional<JsonNode>> askFirst(HubWire connected, ObjectNode question) {
        long id = ids.incrementAndGet();
        CompletableFuture<Optional<JsonNode>> answer = new CompletableFuture<>();
        open.put(id, answer);
        connected.send(Requests.encode(question.put("id", id)), false);
        return answer.whenComplete((said, failure) -> open.remove(id));
    }

    /// Asks, and waits for the answer.
    ///
    /// @param isRepeatable whether it may be asked again where the answer got lost
    JsonNode ask(Supplier<ObjectNode> question, boolean isRepeatable) {
        Deadline deadline = Deadline.current().earlier(Deadline.after(timeout));
        try {
            if (!places.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new DeadlineExceeded("a place among " + MAX_IN_FLIGHT + " requests", Processed.NO);
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
        HubWire broken = null;
        while (true) {
            HubWire over = state.await(broken, deadline);
            ObjectNode asked = question.get();
            Optional<JsonNode> answer = attempt(over, asked, deadline);
            if (answer.isPresent() && !answer.get().has("err")) return answer.get();
            if (answer.isEmpty() && isRepeatable) {
                broken = over;
                continue;
            }
            if (answer.isEmpty()) {
                throw new ConnectionLost("the connection to the hub broke before its answer", Processed.MAYBE, null);
            }
            JsonNode err = answer.get().path("err");
            long retry = err.path("retry").asLong(-1);
            boolean isPatient = isRepeatable && err.path("code").asInt() == UNAVAILABLE && retry >= 0;
            if (!isPatient || deadline.remaining().toMillis() <= retry) {
                String said = err.path("code").asInt() + " " + err.path("msg").asString("");
                if (isPatient && broken != null) {
                    throw new ConnectionLost(
                            "the connection to the hub broke before its answer; now " + said, Processed.MAYBE, null);
                }
                // Behind the hub, too, an acknowledgement may have been lost.
                if (isPatient && Requests.isData(asked)) {
                    throw new ConnectionLost("the hub says " + said, Processed.MAYBE, null);
                }
                throw new Rejected(said, retry < 0 ? null : Duration.ofMillis(retry));
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
        open.put(id, answer);
        try {
            over.send(Requests.encode(question.put("id", id)), Requests.isData(question));
            // It may have broken before it was asked for.
            if (over != state.wire()) return Optional.empty();
            return answer.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (SessionClosed gone) {
            return Optional.empty();
        } catch (TimeoutException late) {
            throw new DeadlineExceeded("the answer of the hub", Processed.MAYBE);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            open.remove(id);
        }
    }
}
