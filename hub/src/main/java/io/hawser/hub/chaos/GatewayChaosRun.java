package io.hawser.hub.chaos;

import io.hawser.hub.chaos.SteadyCalls.Ended;
import io.hawser.hub.processes.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Does one bad thing after another to the servers behind a gateway under steady calls, and says what its
/// callers saw of each.
///
/// Thread: the caller's.
public final class GatewayChaosRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration MOST_WARM_UP = Duration.ofSeconds(20);
    private static final Duration WARM = Duration.ofMillis(100);
    /// So long without a failure, and nothing is wrong any more.
    private static final Duration CALM = Duration.ofSeconds(2);

    private static final long LOOK_MILLIS = 20;
    private static final int MOST_UNDER_WAY = 3;
    private static final int SECONDS_AT_FIRST = 5;

    private GatewayChaosRun() {}

    /// Runs `faults`, behind a time without one to compare with, and tells `each` as it comes.
    ///
    /// @return whether every promise was kept
    public static boolean run(GatewayChaosConfig config, List<GatewayFault> faults, Consumer<GatewayOutcome> each)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("hawser-chaos");
        boolean isRight = true;
        try (GatewayScene scene = new GatewayScene(config, folder)) {
            awaitWarm(scene, SECONDS_AT_FIRST);
            GatewayOutcome healthy =
                    suffer(scene, GatewayFault.NOTHING, config.fault().toNanos(), 0);
            each.accept(healthy);
            for (GatewayFault fault : faults) {
                if (fault == GatewayFault.NOTHING) continue;
                GatewayOutcome outcome = suffer(scene, fault, config.fault().toNanos(), healthy.p99Nanos());
                each.accept(outcome);
                isRight &= outcome.isRight();
            }
        }
        // The logs of what went wrong stay.
        if (isRight) Processes.delete(folder);
        return isRight;
    }

    private static GatewayOutcome suffer(GatewayScene scene, GatewayFault fault, long nanos, long healthyNanos)
            throws IOException, InterruptedException {
        awaitWarm(scene, 1);
        scene.calls().forget();
        long attempts = scene.attempts();
        long begun = System.nanoTime();
        fault.happen(scene, nanos);
        long mended = System.nanoTime();
        boolean isCalm = awaitCalm(scene, mended, CALM);
        List<Ended> calls = scene.calls().since(begun);
        long lastFailed = lastFailed(calls, mended);
        List<Ended> amid =
                calls.stream().filter(call -> call.begunNanos() - mended < 0).toList();
        long p99 = GatewayOutcome.p99(amid);
        return new GatewayOutcome(
                fault,
                calls.size(),
                calls.stream().filter(call -> !call.isGood()).count(),
                scene.attempts() - attempts,
                Duration.ofNanos(isCalm ? lastFailed - mended : -1),
                p99,
                healthyNanos == 0 ? p99 : healthyNanos);
    }

    /// Waits until all calls of so many seconds were quick, so that none of before is counted; a busy
    /// machine is given some time for that.
    private static void awaitWarm(GatewayScene scene, int seconds) throws InterruptedException {
        long end = System.nanoTime() + MOST_WARM_UP.toNanos();
        for (int warm = 0; warm < seconds && System.nanoTime() - end < 0; ) {
            long since = System.nanoTime();
            TimeUnit.SECONDS.sleep(1);
            List<Ended> calls = scene.calls().since(since);
            boolean isWarm = !calls.isEmpty()
                    && scene.calls().underWay() < MOST_UNDER_WAY
                    && calls.stream().allMatch(call -> call.isGood() && call.nanos() < WARM.toNanos());
            warm = isWarm ? warm + 1 : 0;
        }
    }

    /// When the last call began that failed, or `since` if none did.
    private static long lastFailed(List<Ended> calls, long since) {
        return calls.stream()
                        .filter(call -> !call.isGood())
                        .mapToLong(call -> call.begunNanos() - since)
                        .reduce(0, Math::max)
                + since;
    }

    /// Waits until calls have been answered for so long, and every one of them.
    ///
    /// @return false if patience has ended before
    private static boolean awaitCalm(GatewayScene scene, long since, Duration calm) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - end < 0) {
            List<Ended> calls = scene.calls().since(since);
            long failed = lastFailed(calls, since);
            long good = calls.stream()
                    .filter(Ended::isGood)
                    .mapToLong(call -> call.begunNanos() - failed)
                    .reduce(0, Math::max);
            if (good > calm.toNanos()) return true;
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return false;
    }
}
