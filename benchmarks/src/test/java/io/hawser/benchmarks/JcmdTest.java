package io.hawser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class JcmdTest {

    @Test
    void whatThreadsHaveAllocatedIsAddedUp() {
        var dump = """
                "main" #1 [71] prio=5 os_prio=0 cpu=86.52ms elapsed=0.32s allocated=345B defined_classes=3 tid=0x7
                   java.lang.Thread.State: RUNNABLE
                "loop" #22 [93] prio=10 os_prio=0 cpu=1.15ms elapsed=0.12s allocated=1234K defined_classes=1 tid=0x8
                "worker" #23 daemon prio=5 os_prio=0 cpu=1.15ms elapsed=0.12s allocated=5M defined_classes=1 tid=0x9
                "GC Thread#0" os_prio=0 cpu=1.89ms elapsed=0.33s tid=0xa nid=72 runnable
                """;

        assertThat(Jcmd.allocatedBytes(dump)).isEqualTo(345 + (1234L << 10) + (5L << 20));
    }

    @Test
    void theTotalOfAClassHistogramIsTheLiveHeap() {
        var histogram = """
                 num     #instances         #bytes  class name (module)
                   1:         10131         913192  [B (java.base@25)
                Total         53429        2863024
                """;

        assertThat(Jcmd.liveHeapBytes(histogram)).isEqualTo(2_863_024);
    }

    @Test
    void residentMemoryIsReadFromTheStatusFile() {
        assertThat(IdleMemory.residentBytes("Name:\tjava\nVmHWM:\t  99 kB\nVmRSS:\t  1024 kB\nRssAnon:\t 1 kB\n"))
                .isEqualTo(1 << 20);
    }

    @Test
    void aThreadDumpThatDoesNotSayIsNotTakenForNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Jcmd.allocatedBytes("\"main\" #1 [71] prio=5 cpu=86.52ms elapsed=0.32s tid=0x7"));
    }

    @Test
    void othersAreWhoeverUsedTheMachineBesidesServerAndClient() {
        var stat = """
                cpu  100 1 20 5000 300 2 3 4 0 0
                cpu0 50 0 10 2500 150 1 1 2 0 0
                """;

        assertThat(OtherLoad.busyNanos(stat)).isEqualTo(1_300_000_000);
        var before = new OtherLoad(0, 1_000_000_000, 500_000_000);
        assertThat(new OtherLoad(1_000_000_000, 3_000_000_000L, 2_000_000_000).coresSince(before))
                .isEqualTo(0.5);
    }
}
