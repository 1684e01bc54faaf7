package io.hawser.hub.chaos;

import io.hawser.hub.processes.HubProcess;
import io.hawser.hub.processes.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Floods a hub with connections of one address of this machine, and says what calls of another see of it.
///
/// The hub is a process of its own, with its limits for each address as they are by default, but for those of
/// this machine, too. Times with a flood and without take turns, behind a round that does not count.
///
/// Thread: the caller's.
public final class FloodRun {
    private static final String PATH = "/json";

    /// So long after a flood, what the server still does for it is not what the next time sees.
    private static final long REST_MILLIS = 500;

    private FloodRun() {}

    /// Runs all rounds, and tells `each` time as it ends.
    ///
    /// @return what was told
    public static List<FloodOutcome> run(FloodConfig config, Consumer<FloodOutcome> each)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("hawser-chaos");
        List<FloodOutcome> outcomes = new ArrayList<>();
        int port = Processes.freePorts(1).getFirst();
        Path file = Files.writeString(folder.resolve("flooded.conf"), "network.protection.exempt = []\n");
        List<String> options = List.of("--threads", "1", "--config", file.toString());
        try (HubProcess hub = HubProcess.start("flooded", port, HubProcess.FRUGAL, options, folder);
                SteadyCalls calls = SteadyCalls.start(hub.endpoint(), PATH, config.rate())) {
            quiet(calls, config);
            flooded(calls, config, hub);
            for (int i = 0; i < config.rounds(); i++) {
                FloodOutcome before = quiet(calls, config);
                each.accept(before);
                FloodOutcome during = flooded(calls, config, hub);
                each.accept(during);
                outcomes.addAll(List.of(before, during));
            }
        }
        // The log of what went wrong stays.
        if (outcomes.stream().allMatch(FloodOutcome::isRight)) Processes.delete(folder);
        return outcomes;
    }

    private static FloodOutcome quiet(SteadyCalls calls, FloodConfig config) throws InterruptedException {
        calls.forget();
        long since = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(config.time().toNanos());
        return FloodOutcome.of(false, calls.endedOf(since, System.nanoTime()), Flooder.Tally.NONE);
    }

    private static FloodOutcome flooded(SteadyCalls calls, FloodConfig config, HubProcess hub)
            throws IOException, InterruptedException {
        calls.forget();
        // The calls come from 127.0.0.1.
        InetAddress from = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        FloodOutcome outcome;
        try (Flooder flooder = new Flooder(hub.endpoint().resolve().getFirst(), from, PATH)) {
            long since = System.nanoTime();
            Flooder.Tally tally = flooder.flood(config.connections(), config.time());
            outcome = FloodOutcome.of(true, calls.endedOf(since, System.nanoTime()), tally);
        }
        TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        return outcome;
    }
}
