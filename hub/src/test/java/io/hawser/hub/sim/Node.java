package io.hawser.hub.sim;

import io.hawser.Bytes;
import io.hawser.cluster.FollowLimits;
import io.hawser.cluster.MemoryLimits;
import io.hawser.cluster.Subscriptions;
import io.hawser.cluster.TopicRules;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.Authenticator;
import io.hawser.hub.v1.Calls;
import io.hawser.hub.v1.Delivery;
import io.hawser.hub.v1.MessageLimit;
import io.hawser.hub.v1.Notation;
import io.hawser.hub.v1.Peers;
import io.hawser.hub.v1.V1Handler;
import io.hawser.internal.topic.MirroredTopics;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One run of a hub, of the classes that a hub is made of, without sockets and threads. Everything that
/// happens in it goes through [#run], so that it can stand still or die between any two things.
final class Node {
    private static final List<Bytes> KEYS = List.of(Bytes.ofUtf8("the key of the cluster"));
    private static final MessageLimit LIMIT = new MessageLimit(1 << 20);
    private static final MemoryLimits MEMORY = new MemoryLimits(20_000, 3, 1_000);
    private static final long LOOK = World.millis(1000);
    private static final int SOFT_BYTES = 1500;

    private final World world;
    private final String name;
    private final Link link;
    private final NodeBackplane backplane;
    private final Subscriptions subscriptions;
    private final Peers peers;
    private final SessionHandler handler;
    private final List<Wire> wires = new ArrayList<>();
    private boolean isLeaving;
    private boolean isDead;
    private long diedAt;
    private long pausedUntil;
    private long lastRun;
    private boolean isChecking;
    private boolean mustCheck;
    private boolean isSweepDue;

    Node(World world, String name, Broker broker, Cluster cluster, TopicRules rules) {
        this.world = world;
        this.name = name;
        this.link = new Link(world, broker, this);
        this.backplane = new NodeBackplane(world, this, cluster, rules, MEMORY, link);
        FollowLimits limits = FollowLimits.defaults().withRecovered(30);
        this.subscriptions = Subscriptions.over(backplane, limits, world);
        this.peers = new Peers(backplane, subscriptions, () -> KEYS, LIMIT, world, Optional::empty);
        Delivery delivery = new Delivery(peers);
        SessionHandler bare = (session, message) -> {
            throw new IllegalStateException("not greeted");
        };
        Authenticator everybody = new Authenticator(AccessConfig.defaults(), true);
        ConnectionLimits limited = ConnectionLimits.defaults().withQueueBytes(SOFT_BYTES, 2 * SOFT_BYTES);
        this.handler = new V1Handler(
                Notation.CBOR,
                peers,
                new Calls(backplane, peers, delivery, everybody),
                everybody,
                bare,
                ExecutionMode.EVENT_LOOP,
                SessionConfig.defaults().withLimits(limited));
        look();
        check();
    }

    String name() {
        return name;
    }

    Link link() {
        return link;
    }

    MirroredTopics mirror() {
        return backplane.mirror();
    }

    NodeBackplane backplane() {
        return backplane;
    }

    /// Whether it drains.
    boolean isLeaving() {
        return isLeaving;
    }

    boolean isDead() {
        return isDead;
    }

    long diedAt() {
        return diedAt;
    }

    /// Does something on this node as soon as it can, in the order in which it was asked for.
    void run(Runnable action) {
        if (isDead) return;
        if (pausedUntil <= world.nanoTime() && lastRun <= world.nanoTime()) {
            action.run();
            sweepSoon();
            return;
        }
        lastRun = Math.max(lastRun, pausedUntil) + 1;
        world.after(lastRun - world.nanoTime(), () -> {
            if (isDead) return;
            action.run();
            sweepSoon();
        });
    }

    void pause(long nanos) {
        world.note("%s: stands still for %d ms", name, nanos / 1_000_000);
        pausedUntil = Math.max(pausedUntil, world.nanoTime() + nanos);
    }

    private void look() {
        world.after(
                LOOK,
                () -> run(() -> {
                    check();
                    look();
                }));
    }

    /// Looks for its broker now, or when it has done so.
    void check() {
        if (isChecking) {
            mustCheck = true;
            return;
        }
        isChecking = true;
        mirror().check().whenComplete((done, failure) -> {
            isChecking = false;
            if (failure != null) throw world.failure(name + ": the check failed: " + failure);
            if (mustCheck) {
                mustCheck = false;
                world.after(1, () -> run(this::check));
            }
        });
    }

    private void sweepSoon() {
        if (isSweepDue) return;
        isSweepDue = true;
        world.after(
                World.millis(20),
                () -> run(() -> {
                    isSweepDue = false;
                    if (peers.sweep()) sweepSoon();
                }));
    }

    CompletableFuture<Bytes> answer(String from, Bytes request) {
        return backplane.answer(from, request);
    }

    void received(Wire wire, Message message) {
        run(() -> {
            try {
                handler.message(wire, message);
            } catch (Exception failure) {
                throw (AssertionError)
                        world.failure(name + ": a handler failed on " + message).initCause(failure);
            }
        });
    }

    void accept(Wire wire) {
        wires.add(wire);
    }

    void closed(Wire wire, CloseReason reason) {
        wires.remove(wire);
        run(() -> handler.closed(wire, reason));
    }

    boolean has(String sid) {
        return peers.sessions().anyMatch(session -> session.sid().equals(sid));
    }

    /// What is left when all have gone; empty for nothing.
    String left() {
        List<String> left = new ArrayList<>();
        if (peers.count() > 0) left.add(peers.count() + " sessions");
        if (subscriptions.stats().subscriptions() > 0) left.add("subscriptions");
        if (subscriptions.stats().waiting() > 0) left.add("subscriptions that wait");
        if (mirror().reading() > 0) left.add("reads");
        if (mirror().bytes() > 2 * MEMORY.historyBytes()) left.add(mirror().bytes() + " bytes of history");
        return String.join(", ", left);
    }

    /// Kills it.
    void die() {
        world.note("%s: dies", name);
        isDead = true;
        diedAt = world.nanoTime();
        for (Wire wire : List.copyOf(wires)) wire.cut();
        wires.clear();
        link.gone();
    }

    /// Goes as it should: every peer is told, and other nodes get the sessions that are left.
    void drain() {
        world.note("%s: drains", name);
        isLeaving = true;
        run(() -> {
            peers.leaving();
            peers.goAway(4501, Duration.ofSeconds(2));
            for (Wire wire : List.copyOf(wires)) wire.close(CloseReason.DRAIN);
            world.after(
                    World.millis(100),
                    () -> run(() -> peers.giveAway().whenComplete((given, failure) -> {
                        if (failure != null) throw world.failure(name + ": giving away failed: " + failure);
                        world.note("%s: has given %d sessions away", name, given);
                        run(this::end);
                    })));
        });
    }

    private void end() {
        peers.close();
        backplane.close();
        die();
    }

    /// An administrator ends a session, wherever it is.
    void disconnect(String sid) {
        run(() -> peers.disconnectAnywhere(sid));
    }

    void close() {
        peers.close();
        backplane.close();
        isDead = true;
        diedAt = world.nanoTime();
    }
}
