package io.hawser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class LoadSummaryTest {
    private static final String WRK = """
            Running 2s test @ https://127.0.0.1:9000/plaintext
              1 threads and 64 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     1.50ms    2.50ms  40.00ms   97.00%
                Req/Sec    52.11k     3.01k   56.00k    85.00%
              Latency Distribution
                 50%    1.17ms
                 75%    1.30ms
                 90%    1.60ms
                 99%   12.50ms
              103714 requests in 2.00s, 14.84MB read
            """;

    private static final String H2LOAD = """
            finished in 2.00s, 61234.50 req/s, 4.50MB/s
            requests: 122469 total, 122725 started, 122469 done, 122469 succeeded, 3 failed, 2 errored, 1 timeout
            status codes: 122460 2xx, 0 3xx, 9 4xx, 0 5xx
            traffic: 9.00MB (9437184) total, 1.20MB (1258291) headers (space savings 90.00%), 1.52MB (1593835) data
                                 min         max         mean         sd        +/- sd
            time for request:      210us     12.34ms      4.10ms       900us    75.00%
            time for connect:      100us       300us       200us        50us    60.00%
            """;

    @Test
    void whatWrkPrintsIsRead() {
        var summary = LoadSummary.ofWrk(WRK + "Requests/sec:  51807.23\nTransfer/sec:      7.41MB\n");

        assertThat(summary).isEqualTo(new LoadSummary(51_807.23, 1_170_000, 12_500_000, 0));
    }

    @Test
    void whatWrkCountsAsWrongIsAFault() {
        var summary = LoadSummary.ofWrk(WRK
                + "  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 90\n"
                + "Requests/sec:  51807.23\n");

        assertThat(summary.faults()).isEqualTo(100);
    }

    @Test
    void whatH2loadPrintsIsRead() {
        // 9 of the answers were 404, 3 failed, 2 were errors and 1 took too long.
        assertThat(LoadSummary.ofH2load(H2LOAD)).isEqualTo(new LoadSummary(61_234.5, Double.NaN, Double.NaN, 15));
    }

    @Test
    void whatSaysSomethingElseIsNotTakenForNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> LoadSummary.ofWrk("unable to connect"));
        assertThatIllegalArgumentException().isThrownBy(() -> LoadSummary.ofH2load("unable to connect"));
    }
}
