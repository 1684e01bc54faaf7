package io.hawser.conformance.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.Tls;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.tcp.ListenConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every case of h2spec passes, in the clear and under TLS. What came of each stands in `results/h2spec.txt`.
@Timeout(600)
class H2specTest {
    private static final Path COMMITTED = Path.of("results", "h2spec.txt");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void isThere() {
        assumeTrue(H2spec.runsHere(), "skipped: there is an h2spec for Linux on x86_64 only");
    }

    @ParameterizedTest
    @CsvSource({"false, EVENT_LOOP", "false, VIRTUAL", "false, LOOP_CARRIER", "true, VIRTUAL"})
    void everyCasePasses(boolean tls, ExecutionMode mode) throws Exception {
        ListenConfig plain = ListenConfig.on("127.0.0.1:0");
        HubConfig config = HubConfig.on(tls ? plain.withTls(Tls.selfSigned()) : plain)
                .withIo(IoConfig.defaults().withThreads(1))
                .withHandlers(mode);
        try (Hub hub = Hub.start(config)) {
            List<String> lines = H2spec.unpack(folder).run(hub.endpoint(), tls, folder);
            String text = String.join("\n", lines) + "\n";
            Files.writeString(Path.of("target", "h2spec.txt"), text);
            assertThat(lines).hasSize(146).allMatch(line -> line.endsWith(" | passed"));
            assertThat(text).isEqualTo(Files.readString(COMMITTED));
        }
    }
}
