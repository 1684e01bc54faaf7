package io.hawser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Servers that say that they are ready, and loads that only say that they were made.
final class ComparisonTest {
    private static final Peer A = peer("a");
    private static final Peer B = peer("b");
    private static final Peer C = peer("c");

    private final List<String> turns = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    private static Peer peer(String name) {
        return new Peer(name, "", List.of("sh", "-c", "echo ready 1; exec sleep 600"), false, "");
    }

    private interface Load {
        void on(String server) throws IOException, InterruptedException;
    }

    private final class Counted implements LoadRow {
        private final Load load;

        Counted(Load load) {
            this.load = load;
        }

        @Override
        public String name() {
            return "counted";
        }

        @Override
        public String title() {
            return "Counted";
        }

        @Override
        public Trial run(PeerProcess server, Duration warmup, Duration duration)
                throws IOException, InterruptedException {
            // A warm-up has none of its own.
            if (!warmup.isZero()) {
                turns.add(server.peer().name());
                load.on(server.peer().name());
            }
            return new Trial(new Sample(1, 1, 1, 1, 1, 1, 1, 1, 0), 1, Map.of());
        }
    }

    private Outcome run(int rounds, Load load) {
        var bench = new Workbench(Path.of(""), List.of(), 1, "0", 0);
        return new Comparison(bench, rounds, Duration.ZERO, Duration.ofMillis(1), said::add)
                .run(new Counted(load), A, List.of(B, C));
    }

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    @Test
    void everyOtherRoundGoesBackwards() {
        var result = (RowResult) run(2, _ -> {});

        assertThat(turns).containsExactly("a", "a", "b", "c", "c", "b", "a", "a");
        assertThat(result.samples().keySet()).containsExactly("a", "a (again)", "b", "c");
        assertThat(result.samples().values())
                .allSatisfy(samples -> assertThat(samples).hasSize(2));
        assertThat(result.clean()).isTrue();
    }

    @Test
    void aServerThatFailsIsOutAndTheOthersGoOn() {
        var result = (RowResult) run(3, server -> {
            if (server.equals("b") && turns.size() > 4) throw new IOException("b broke");
        });

        assertThat(result.samples().get("b")).hasSize(1);
        assertThat(result.samples().get("c")).hasSize(3);
        assertThat(result.faults()).containsOnlyKeys("b");
        assertThat(result.faults().get("b")).containsKey("b broke");
        assertThat(result.clean()).isFalse();
        assertThat(result.toMarkdown()).contains("| b | 1 (1-1)", "b broke=1");
    }

    @Test
    void aServerThatDoesNotStartIsToldBelowTheOthers() {
        var broken = new Peer("broken", "", List.of("sh", "-c", "exit 3"), false, "");
        var bench = new Workbench(Path.of(""), List.of(), 1, "0", 0);
        var result = new Comparison(bench, 1, Duration.ZERO, Duration.ofMillis(1), said::add)
                .run(new Counted(_ -> {}), A, List.of(broken));

        assertThat(result.toMarkdown())
                .contains("| a | 1 (1-1)", "broken did not run: {broken ended before it was ready=1}");
    }

    @Test
    void withoutItsBaselineARowHasNotRun() {
        var outcome = run(1, server -> {
            if (server.equals("a")) throw new IOException("a broke");
        });

        assertThat(outcome).isInstanceOf(NotRun.class);
        assertThat(outcome.toMarkdown()).contains("a broke");
    }

    @Test
    void anInterruptKeepsTheRoundsThatWereWhole() {
        var outcome = run(5, _ -> {
            if (turns.size() == 7) throw new InterruptedException();
        });

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(((RowResult) outcome).samples().values())
                .allSatisfy(samples -> assertThat(samples).hasSize(1));
    }

    @Test
    void whatAnInterruptBreaksIsNotTheServersFault() {
        var outcome = run(5, _ -> {
            if (turns.size() < 7) return;
            Thread.currentThread().interrupt();
            throw new IOException("closed by interrupt");
        });

        assertThat(outcome.clean()).isTrue();
    }
}
