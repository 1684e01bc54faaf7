package io.hawser.conformance.soak;

import io.hawser.Endpoint;
import io.hawser.testkit.Fault;
import io.hawser.testkit.FaultyLink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The networks between the clients and the hub, each of which changes all the time.
///
/// Thread: one changes it; any asks for a way through.
final class Weather implements AutoCloseable {
    private static final int LINKS = 6;
    private static final int FAR = 200_000;

    private final List<FaultyLink> links = new ArrayList<>();
    private final SplittableRandom random;
    private final Counts counts;

    Weather(Endpoint hub, long seed, Counts counts) throws IOException {
        this.random = new SplittableRandom(seed);
        this.counts = counts;
        for (int i = 0; i < LINKS; i++) links.add(FaultyLink.to(hub, seed + i));
    }

    /// A way to the hub.
    Endpoint any(RandomGenerator by) {
        return links.get(by.nextInt(LINKS)).endpoint();
    }

    /// Something happens to one of the networks.
    void change() {
        FaultyLink link = links.get(random.nextInt(LINKS));
        switch (random.nextInt(12)) {
            case 0, 1 -> {
                counts.add("fault.all-reset");
                link.resetAll();
            }
            case 2 -> {
                counts.add("fault.refusing");
                link.refuse(true);
            }
            default -> {
                link.refuse(false);
                link.towardsServer(fault());
                link.towardsClient(fault());
            }
        }
    }

    private Fault[] fault() {
        int kind = random.nextInt(14);
        Fault fault = switch (kind) {
            case 0 -> new Fault.OneByteAtATime();
            case 1 -> new Fault.Pieces(random.nextInt(1, 3000));
            case 2 -> new Fault.Delay(Duration.ofMillis(random.nextInt(1, 60)));
            case 3 -> new Fault.StallAfter(distance());
            case 4 -> new Fault.CutAfter(distance());
            case 5 -> new Fault.ResetAfter(distance());
            case 6 -> new Fault.EndOvertakes(Duration.ofMillis(random.nextInt(1, 20)));
            default -> null;
        };
        if (fault == null) return new Fault[0];
        counts.add("fault." + fault.getClass().getSimpleName());
        return new Fault[] {fault};
    }

    /// Mostly near the beginning of a connection, where most happens.
    private long distance() {
        return random.nextInt(2) == 0 ? random.nextInt(600) : random.nextInt(FAR);
    }

    /// From now on nothing bad happens any more.
    void calm() {
        for (FaultyLink link : links) {
            link.refuse(false);
            link.towardsServer();
            link.towardsClient();
            link.resetAll();
        }
    }

    @Override
    public void close() throws IOException {
        for (FaultyLink link : links) link.close();
    }
}
