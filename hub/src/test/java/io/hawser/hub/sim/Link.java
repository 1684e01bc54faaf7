package io.hawser.hub.sim;

import io.hawser.ConnectionLost;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Topic;
import io.hawser.internal.topic.Appended;
import io.hawser.internal.topic.LoadedTopic;
import io.hawser.internal.topic.LogBroker;
import io.hawser.internal.topic.LogState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// The connection of one node to the broker: what goes over it takes its time, is lost when it breaks, and finds out
/// late that the other end stands still.
final class Link implements LogBroker {
    private static final long FOUND_OUT = World.millis(3000);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final World world;
    private final Broker broker;
    private final Node node;
    private int connection;
    private boolean isConnected = true;
    private long stalledUntil;
    private long lastSent;
    private long lastDelivered;
    private double lossiness;

    Link(World world, Broker broker, Node node) {
        this.world = world;
        this.broker = broker;
        this.node = node;
    }

    /// Counts connections: what was sent on an earlier one does not arrive.
    int connection() {
        return connection;
    }

    /// Both ends stand still towards each other for a while; after three seconds the node finds out.
    void stall(long nanos) {
        stalledUntil = Math.max(stalledUntil, world.nanoTime() + nanos);
        int mine = connection;
        world.after(FOUND_OUT, () -> {
            if (mine == connection && stalledUntil > world.nanoTime()) breakUp();
        });
    }

    /// The connection breaks, and is there again as soon as it can be.
    void breakUp() {
        if (!isConnected) return;
        isConnected = false;
        connection++;
        broker.forget(this);
        node.run(() -> node.mirror().disconnected("disconnected"));
        tryAgain();
    }

    private void tryAgain() {
        world.after(World.millis(50 + world.random(400, "reconnect", node.name())), () -> {
            if (node.isDead()) return;
            if (!broker.isUp() || stalledUntil > world.nanoTime()) {
                tryAgain();
                return;
            }
            isConnected = true;
            lastSent = lastDelivered = 0;
            node.run(() -> node.mirror().doubted());
        });
    }

    /// The consumer has been silent for too long.
    void heartbeatsEnd() {
        int mine = connection;
        world.after(
                FOUND_OUT,
                () -> node.run(() -> {
                    if (mine == connection) node.mirror().doubted();
                }));
    }

    /// Its node has died.
    void gone() {
        isConnected = false;
        connection++;
        broker.forget(this);
    }

    /// From now on this share of what the broker sends by itself is lost.
    void lose(double share) {
        lossiness = share;
    }

    private long latency(Object about, Object detail) {
        long usual = World.millis(1) / 4 + world.random(World.millis(2), node.name() + about, detail);
        long slow = world.random(1000, "slow" + node.name() + about, detail);
        return usual * (slow < 4 ? 1000 : slow < 20 ? 200 : 1);
    }

    /// Brings what a consumer sends, in order.
    void deliver(int onConnection, Runnable action) {
        if (world.chance(lossiness, "loss", node.name())) return;
        long at = Math.max(Math.max(lastDelivered + 1, stalledUntil), world.nanoTime() + latency("deliver", ""));
        lastDelivered = at;
        world.after(at - world.nanoTime(), () -> {
            if (onConnection == connection) node.run(action);
        });
    }

    private <T> CompletableFuture<T> ask(
            String what, Supplier<T> question, Duration patience, Supplier<HawserException> late) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!isConnected) {
            answer.completeExceptionally(new Rejected("not connected", PAUSE));
            return answer;
        }
        int mine = connection;
        // One order for what a node sends: what it publishes stays in order.
        long sent = Math.max(Math.max(lastSent + 1, stalledUntil), world.nanoTime() + latency(what, "out"));
        lastSent = sent;
        world.after(sent - world.nanoTime(), () -> {
            // What is on its way when a connection breaks may arrive.
            boolean arrives = broker.isUp() && (mine == connection || world.chance(0.5, what, node.name()));
            if (!arrives) return;
            CompletableFuture<T> said = new CompletableFuture<>();
            try {
                T value = question.get();
                // A consumer goes with the connection that asked for it.
                if (mine != connection && value instanceof Broker.Consumer unwanted) unwanted.close();
                said.complete(value);
            } catch (Rejected refused) {
                said.completeExceptionally(refused);
            }
            world.after(
                    Math.max(latency(what, "back"), stalledUntil - world.nanoTime()),
                    () -> node.run(() -> {
                        if (mine == connection)
                            said.whenComplete((value, failure) -> {
                                if (failure == null) {
                                    // Nobody waits any more for a consumer, and it goes.
                                    if (!answer.complete(value) && value instanceof Broker.Consumer unwanted)
                                        unwanted.close();
                                } else answer.completeExceptionally(failure);
                            });
                    }));
        });
        world.after(
                patience.toNanos(),
                () -> node.run(() -> {
                    if (!answer.isDone()) answer.completeExceptionally(late.get());
                }));
        return answer;
    }

    private <T> CompletableFuture<T> ask(String what, Supplier<T> question) {
        return ask(what, question, Duration.ofSeconds(2), () -> new Rejected("no answer in time", PAUSE));
    }

    @Override
    public boolean isReachable() {
        return isConnected;
    }

    @Override
    public CompletableFuture<LogState> state() {
        return ask("state", broker::state);
    }

    @Override
    public CompletableFuture<String> tagAt(long offset) {
        return ask("tag", () -> broker.tagAt(offset));
    }

    @Override
    public CompletableFuture<List<LoadedTopic.Aged>> kept(Topic topic, String epoch) {
        return ask("kept", () -> broker.kept(topic, epoch));
    }

    @Override
    public CompletableFuture<Appended> append(Publication publication, String tag) {
        return ask(
                "append",
                () -> broker.append(publication, tag),
                Duration.ofSeconds(5),
                () -> new ConnectionLost("the broker has not said whether it has it", Processed.MAYBE, null));
    }

    @Override
    public CompletableFuture<Registration> follow(String epoch, long offset, Receiver receiver) {
        return ask("follow", () -> broker.follow(this, epoch, offset, receiver)).thenApply(consumer -> consumer::close);
    }

    @Override
    public String toString() {
        return node.name() + "/" + connection;
    }
}
