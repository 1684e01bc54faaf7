package io.hawser.hub.chaos;

import io.hawser.Endpoint;
import io.hawser.hub.processes.HubProcess;
import io.hawser.hub.processes.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Three hubs on three brokers, the last hub behind a relay, and the clients, which are here.
///
/// Thread: one at a time.
final class Scene implements AutoCloseable {
    private static final int HUBS = 3;

    final Brokers brokers;
    final Relay relay;
    final List<HubProcess> hubs = new ArrayList<>();
    final List<Listener> listeners = new ArrayList<>();
    final List<Publisher> publishers = new ArrayList<>();
    final Tally tally = new Tally();

    Scene(ChaosConfig config, Path folder) throws IOException, InterruptedException {
        this.brokers = Brokers.start(folder);
        this.relay = new Relay(brokers.ports());
        try {
            start(config, folder);
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void start(ChaosConfig config, Path folder) throws IOException, InterruptedException {
        List<Integer> ports = Processes.freePorts(HUBS);
        for (int i = 0; i < HUBS; i++) {
            String nats = i < HUBS - 1 ? brokers.urls() : "nats://127.0.0.1:" + relay.port();
            List<String> options = List.of("--threads", "1", "--nats", nats, "--nats-replicas", "3");
            hubs.add(HubProcess.start("hub" + (i + 1), ports.get(i), HubProcess.FRUGAL, options, folder));
        }
        List<Endpoint> endpoints = hubs.stream().map(HubProcess::endpoint).toList();
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < config.topics(); i++) topics.add("chaos." + i);
        for (int i = 0; i < config.clients(); i++) {
            listeners.add(new Listener("c" + i, endpoints, List.of(topics.get(i % topics.size())), tally));
        }
        // One that follows everything, to be slow.
        listeners.add(new Listener("slow", endpoints, topics, tally));
        listeners.forEach(Visitor::start);
        long pauseNanos = Duration.ofSeconds(1).toNanos() * config.topics() / config.rate();
        for (String topic : topics) publishers.add(new Publisher(topic, endpoints, pauseNanos, config.payloadBytes()));
        publishers.forEach(Visitor::start);
    }

    Listener slow() {
        return listeners.getLast();
    }

    /// Up to which number each topic is published by now.
    Map<String, Long> acknowledged() {
        Map<String, Long> reached = new HashMap<>();
        for (Publisher publisher : publishers) reached.put(publisher.topic(), publisher.acknowledged());
        return reached;
    }

    /// How many listeners have not got all of that, or are not there.
    long behind(Map<String, Long> reached) {
        return listeners.stream()
                .filter(listener -> !listener.all((topic, log) -> log.hasReached(reached.getOrDefault(topic, 0L))))
                .count();
    }

    /// How many listeners have got nothing of a topic of theirs that was sent after `nanos`.
    long withoutFlow(long nanos) {
        return listeners.stream()
                .filter(listener -> !listener.all((topic, log) -> log.hasSince(nanos)))
                .count();
    }

    @Override
    public void close() throws IOException {
        publishers.forEach(Visitor::close);
        listeners.forEach(Visitor::close);
        hubs.forEach(HubProcess::close);
        relay.close();
        brokers.close();
    }
}
