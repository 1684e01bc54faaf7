package io.hawser.hub.chaos;

import io.hawser.Endpoint;
import io.hawser.hub.processes.HubProcess;
import io.hawser.hub.processes.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Restarts a hub with many clients, drained and killed, and says how they come back to it.
///
/// The hub is a process of its own, the clients are here, half of them on MSGI and half on WebSocket. Its
/// logs are in its memory, so each client is told by a resync that those of the hub before are gone.
///
/// Thread: the caller's, and those of the clients.
public final class StormRun {
    private static final long SECOND_MILLIS = 1000;
    private static final long TENTH_MILLIS = 100;
    /// Besides the clients: publishers, and whoever asks how many there are.
    private static final int OTHERS = 200;

    private StormRun() {}

    /// Lets the hub go in each of these ways, and tells `each` outcome as it comes.
    ///
    /// @return whether every promise was kept
    public static boolean run(StormConfig config, List<StormFault> faults, Consumer<StormOutcome> each)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("hawser-chaos");
        boolean isRight = true;
        int port = Processes.freePorts(1).getFirst();
        int most = config.clients() + OTHERS;
        List<String> options = List.of("--threads", "1", "--max-connections", Integer.toString(most));
        Tally tally = new Tally();
        try (HubProcess hub = HubProcess.start("storm", port, HubProcess.FRUGAL, options, folder);
                Crowd<StormClient> clients = Crowd.open(clients(config, hub.endpoint(), tally));
                Crowd<Publisher> publishers = publishers(config, hub.endpoint())) {
            publishers.stream().forEach(Visitor::start);
            for (StormFault fault : faults) {
                await(clients, publishers);
                var _ = tally.take();
                StormOutcome outcome = suffer(fault, hub, clients, publishers, tally);
                each.accept(outcome);
                isRight &= outcome.isRight();
            }
        }
        // The log of what went wrong stays.
        if (isRight) Processes.delete(folder);
        return isRight;
    }

    private static List<Callable<StormClient>> clients(StormConfig config, Endpoint hub, Tally tally) {
        List<Callable<StormClient>> clients = new ArrayList<>();
        for (int i = 0; i < config.clients(); i++) {
            String uri = StormClient.uri(hub, i);
            String topic = topic(i / 2 % config.topics());
            clients.add(() -> StormClient.connect(uri, topic, tally));
        }
        return clients;
    }

    private static String topic(int number) {
        return "storm." + number;
    }

    private static Crowd<Publisher> publishers(StormConfig config, Endpoint hub)
            throws IOException, InterruptedException {
        long pauseNanos = Duration.ofSeconds(1).toNanos() * config.topics() / config.rate();
        List<Callable<Publisher>> publishers = new ArrayList<>();
        for (int i = 0; i < config.topics(); i++) {
            String topic = topic(i);
            publishers.add(() -> new Publisher(topic, List.of(hub), pauseNanos, 0));
        }
        return Crowd.open(publishers);
    }

    private static StormOutcome suffer(
            StormFault fault, HubProcess hub, Crowd<StormClient> clients, Crowd<Publisher> publishers, Tally tally)
            throws IOException, InterruptedException {
        fault.happen(hub);
        long ended = System.nanoTime();
        hub.restart();
        long ready = System.nanoTime();
        try (Arrivals arrivals = new Arrivals(hub.endpoint())) {
            long all = clients.stream().count() + publishers.stream().count();
            long missing = ChaosRun.await(() -> all - arrivals.now());
            long back = System.nanoTime();
            long away = Math.max(missing, await(clients, publishers));
            return new StormOutcome(
                    fault,
                    away,
                    Duration.ofNanos(ready - ended),
                    Duration.ofNanos(back - ready),
                    arrivals.most(SECOND_MILLIS),
                    arrivals.most(TENTH_MILLIS),
                    tally.take());
        }
    }

    /// Waits until every client has what is published by now.
    ///
    /// @return how many have not
    private static long await(Crowd<StormClient> clients, Crowd<Publisher> publishers) throws InterruptedException {
        Map<String, Long> reached = new HashMap<>();
        publishers.stream().forEach(each -> reached.put(each.topic(), Math.max(1, each.acknowledged())));
        return ChaosRun.await(() -> clients.stream()
                .filter(client -> !client.hasReached(reached.getOrDefault(client.topic(), 0L)))
                .count());
    }
}
