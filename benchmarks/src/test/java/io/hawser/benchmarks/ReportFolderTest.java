package io.hawser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportFolderTest {
    private static final Row MSGI = new EchoRow("1KiB-w16", EchoRow.Kind.MSGI, 1024, 16, 64);
    private static final Row WEB_SOCKET = new EchoRow("ws-64B-w16", EchoRow.Kind.WEBSOCKET, 64, 16, 64);
    private static final List<Family> FAMILIES = List.of(
            new Family("msgi", List.of(), List.of(MSGI), List.of()),
            new Family("websocket", List.of(), List.of(WEB_SOCKET), List.of()));

    @TempDir
    private Path folder;

    /// Each as a run of its own would.
    private void take(Row row, double cpu, int loops) throws IOException {
        var samples = Map.of("netty", List.of(new Sample(1000 / cpu, cpu, 1, 2, 3, 4, 1, 0.5, 0)));
        add(row, new RowResult((LoadRow) row, "netty", samples, Map.of(), Map.of()), loops);
    }

    private void add(Row row, Outcome outcome, int loops) throws IOException {
        var bench = new Workbench(Path.of(""), List.of("-Xmx1g"), loops, "0", 1);
        add(row, outcome, taken(bench));
    }

    private static Taken taken(Workbench bench) {
        return new Taken(
                Machine.here(),
                "",
                "./hawser peers",
                bench,
                true,
                5,
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                false);
    }

    private void add(Row row, Outcome outcome, Taken taken) throws IOException {
        new ReportFolder(folder, FAMILIES).add(row, outcome, taken, "netty: Netty 4.\n\n");
    }

    private String report() throws IOException {
        return Files.readString(folder.resolve("peers.md"));
    }

    @Test
    void rowsOfSeveralRunsStandInOneReportInTheOrderOfTheFamilies() throws Exception {
        take(WEB_SOCKET, 2, 1);
        take(MSGI, 1, 1);

        assertThat(report())
                .containsSubsequence(
                        "## msgi", "### MSGI echo", "rows/1KiB-w16.svg", "## websocket", "### WebSocket", "Netty 4");
        assertThat(folder.resolve("rows/ws-64B-w16.json")).content().contains("\"serverCpuMicros\" : 2.0");
        assertThat(folder.resolve("rows/ws-64B-w16.svg")).exists();
    }

    @Test
    void everyTableSaysHowItWasTaken() throws Exception {
        take(MSGI, 1, 1);
        assertThat(report()).contains("`./hawser peers`: 5 rounds of 3000 ms after 5000 ms of processor time; 1 event");
        add(MSGI, new IdleOutcome("idle", List.of()), 1);
        assertThat(report())
                .contains(
                        "`./hawser peers`: each once, a JVM with `-Xmn16m -Xms64m -Xmx2g` whatever heap its flags say; 1")
                .doesNotContain("rounds of");
    }

    @Test
    void aRowThatIsTakenAgainReplacesItself() throws Exception {
        take(MSGI, 1, 1);
        take(MSGI, 7, 1);

        assertThat(report()).containsOnlyOnce("### MSGI echo").contains("7.000 (7.000-7.000)");
    }

    @Test
    void moreEventLoopsStandBesideOne() throws Exception {
        take(MSGI, 1, 1);
        take(MSGI, 3, 2);

        assertThat(report()).contains("1.000 (1.000-1.000)", "1 event loop", "3.000 (3.000-3.000)", "2 event loops");
    }

    @Test
    void aRowThatDidNotRunLeavesWhatIsKnownOfIt() throws Exception {
        take(MSGI, 1, 1);
        add(MSGI, new NotRun("1KiB-w16", "no core free"), 1);

        assertThat(report()).contains("1.000 (1.000-1.000)").doesNotContain("no core free");
    }

    @Test
    void aRowThatIsCutShortIsBetterThanNoneAndReplacesNothing() throws Exception {
        var bench = new Workbench(Path.of(""), List.of("-Xmx1g"), 1, "0", 1);
        var samples = Map.of("netty", List.of(new Sample(1, 9, 1, 2, 3, 4, 1, 0.5, 0)));
        add(
                MSGI,
                new RowResult((LoadRow) MSGI, "netty", samples, Map.of(), Map.of()),
                taken(bench).cutShort());
        assertThat(report()).contains("9.000 (9.000-9.000)", "Cut short");

        take(MSGI, 1, 1);
        add(
                MSGI,
                new RowResult((LoadRow) MSGI, "netty", samples, Map.of(), Map.of()),
                taken(bench).cutShort());
        assertThat(report()).contains("1.000 (1.000-1.000)").doesNotContain("Cut short");
    }
}
