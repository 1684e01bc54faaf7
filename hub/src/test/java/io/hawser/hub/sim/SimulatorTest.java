package io.hawser.hub.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.hawser.hub.sim.Simulation.Weather;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// No message of a log is lost silently, whatever happens to clients, nodes, the broker and what is between
/// them.
///
/// A failure names its seed; `-Dhawser.sim.seed=N` runs that one alone, and `-Dhawser.sim.seeds=N` as many
/// as asked.
final class SimulatorTest {
    private static final long SEEDS = Long.getLong("hawser.sim.seeds", 60);

    private static final Logger KEEPER = (Logger) LoggerFactory.getLogger("io.hawser.internal.topic");

    @BeforeAll
    static void sayOnlyWhatTheSimulationSays() {
        KEEPER.setLevel(Level.OFF);
    }

    @AfterAll
    static void sayEverything() {
        KEEPER.setLevel(null);
    }

    private static void run(Weather weather) {
        Long one = Long.getLong("hawser.sim.seed");
        long steps = 0;
        long delivered = 0;
        long resyncs = 0;
        long byPattern = 0;
        long gaps = 0;
        long from = one == null ? Long.getLong("hawser.sim.from", 1) : one;
        long to = one == null ? from + SEEDS - 1 : one;
        for (long seed = from; seed <= to; seed++) {
            Simulation simulation = new Simulation(seed, weather).run();
            steps += simulation.world().steps();
            delivered += simulation.delivered();
            resyncs += simulation.resyncs();
            byPattern += simulation.deliveredByPattern();
            gaps += simulation.gaps();
        }
        System.out.printf(
                "simulated %s: %,d seeds, %,d steps, %,d deliveries, %,d resyncs, %,d deliveries by pattern, %,d gaps%n",
                weather, to - from + 1, steps, delivered, resyncs, byPattern, gaps);
        if (one == null && SEEDS >= 60) assertThat(steps).isGreaterThan(1_000_000);
    }

    @Test
    void whileTheBrokerKeepsWhatItStoresEachMessageComesOnceInOrderAndNothingIsSaidToBeLost() {
        run(Weather.ROUGH);
    }

    @Test
    void whatTheBrokerLosesIsToldBeforeAnythingElse() {
        run(Weather.STORMY);
    }

    @Test
    void aSeedDoesTheSameAgain() {
        assertThat(new Simulation(7, Weather.STORMY).run().world().digest())
                .isEqualTo(new Simulation(7, Weather.STORMY).run().world().digest());
    }

    private static void assertFound(Consumer<Simulation> flaw, String what) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> {
                    for (long seed = 1; seed <= 20; seed++) {
                        Simulation simulation = new Simulation(seed, Weather.ROUGH);
                        flaw.accept(simulation);
                        simulation.run();
                    }
                })
                .withMessageContaining(what);
    }

    @Test
    void aNodeThatForgetsToTellOfAMessageIsFoundOut() {
        assertFound(
                simulation -> simulation
                        .cluster()
                        .nodes()
                        .forEach(node -> node.backplane().forgetSome()),
                "and not after");
    }

    @Test
    void aBrokerThatAcknowledgesWhatItDoesNotStoreIsFoundOut() {
        assertFound(simulation -> simulation.broker().be(Broker.Flaw.STORES_NOT_ALL), "was never stored");
    }

    @Test
    void aBrokerThatLeavesOutWhatItHasIsFoundOut() {
        assertFound(simulation -> simulation.broker().be(Broker.Flaw.FORGETS_SOME), "");
    }
}
