package io.hawser.hub.sim;

import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One cluster of three nodes and its clients, for a minute, with everything that its seed makes go wrong;
/// then all is mended, and has to come to rest.
final class Simulation {
    /// How dangerous the world is.
    enum Weather {
        /// Whatever is stored stays stored.
        ROUGH,
        /// The broker loses what it had, too.
        STORMY
    }

    static final List<String> TOPICS = List.of("a.1", "a.2", "a.3", "b.1", "b.2", "c.quiet");
    static final int SIZE = 12;
    static final Duration AGE = Duration.ofSeconds(40);
    private static final int BUSY_SIZE = 30;
    private static final TopicRules RULES = TopicRules.defaults()
            .withDefault(TopicConfig.log().withSize(SIZE).withAge(AGE))
            .with("b.", TopicConfig.log().withSize(BUSY_SIZE).withAge(AGE));
    private static final long LENGTH = World.millis(60_000);
    private static final long OWNERS = World.millis(20);
    private static final long MENDING = World.millis(30_000);
    private static final long WINDOW = World.millis(75_000);

    private final World world;
    private final Broker broker;
    private final Cluster cluster;
    private final List<Client> clients = new ArrayList<>();
    private final Faults faults;

    Simulation(long seed, Weather weather) {
        this.world = new World(seed);
        this.broker = new Broker(world, BUSY_SIZE + 1);
        this.cluster = new Cluster(world);
        for (String name : List.of("n1", "n2", "n3")) start(name);
        for (int i = 0; i < 9; i++) {
            List<String> topics = new ArrayList<>(TOPICS);
            int client = i;
            topics.removeIf(topic -> world.chance(0.3, topic, "c" + client));
            if (topics.isEmpty()) topics.add(TOPICS.getFirst());
            long pause = i < 5 ? World.millis(20 << i) : 0;
            clients.add(new Client(world, cluster, broker, "c" + i, topics, pause));
        }
        for (String pattern : List.of("a.*", "b.>")) {
            Client client = new Client(world, cluster, broker, "p" + pattern.charAt(0), List.of("c.quiet"), 0);
            client.follow(pattern);
            clients.add(client);
        }
        this.faults = new Faults(this, weather);
    }

    World world() {
        return world;
    }

    Broker broker() {
        return broker;
    }

    Cluster cluster() {
        return cluster;
    }

    List<Client> clients() {
        return clients;
    }

    void start(String name) {
        if (cluster.live().stream().anyMatch(node -> node.name().equals(name))) {
            // It drains.
            world.after(World.millis(100), () -> start(name));
            return;
        }
        world.note("%s: starts", name);
        cluster.add(new Node(world, name, broker, cluster, RULES));
    }

    /// Runs it, and checks all.
    Simulation run() {
        faults.begin();
        checkOwners();
        world.runUntil(LENGTH);
        faults.end();
        clients.forEach(Client::publishNoMore);
        world.runUntil(LENGTH + MENDING);
        checkRest();
        clients.forEach(Client::leave);
        world.runUntil(LENGTH + MENDING + WINDOW);
        checkNothingIsLeft();
        return this;
    }

    /// No session is ever on two nodes.
    private void checkOwners() {
        for (Client client : clients) {
            List<String> owners = cluster.live().stream()
                    .filter(node -> node.has(client.sid()))
                    .map(Node::name)
                    .toList();
            if (owners.size() > 1) throw world.failure(client.name() + " is on " + owners);
        }
        if (world.nanoTime() < LENGTH) world.after(OWNERS, this::checkOwners);
    }

    private void checkRest() {
        for (Client client : clients) {
            if (!client.isGreeted()) throw world.failure(client.name() + ": is not there");
            client.followed().values().forEach(Followed::checkAtEnd);
            checkPresent(client);
        }
    }

    private void checkPresent(Client client) {
        for (String topic : TOPICS) {
            boolean isThere = cluster.members(Topic.of(topic)).stream()
                    .anyMatch(member -> member.session().equals(client.sid()));
            if (isThere != client.followed().containsKey(topic)) {
                throw world.failure(client.name() + " is " + (isThere ? "" : "not ") + "present in " + topic);
            }
        }
    }

    private void checkNothingIsLeft() {
        for (Node node : cluster.live()) {
            if (!node.left().isEmpty()) throw world.failure(node.name() + ": is left with " + node.left());
            node.close();
        }
        if (!cluster.everyone().isEmpty()) throw world.failure("ghosts: " + cluster.everyone());
        if (broker.consumers() > 0) throw world.failure(broker.consumers() + " consumers are left");
    }

    long delivered() {
        return clients.stream()
                .flatMap(client -> client.followed().values().stream())
                .mapToLong(Followed::delivered)
                .sum();
    }

    /// What came by patterns.
    long deliveredByPattern() {
        return clients.stream()
                .flatMap(client -> client.patterns().values().stream())
                .mapToLong(FollowedPattern::delivered)
                .sum();
    }

    long gaps() {
        return clients.stream()
                .flatMap(client -> client.patterns().values().stream())
                .mapToLong(FollowedPattern::gaps)
                .sum();
    }

    long resyncs() {
        return clients.stream()
                .flatMap(client -> client.followed().values().stream())
                .mapToLong(Followed::resyncs)
                .sum();
    }
}
