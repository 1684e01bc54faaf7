package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The client in examples/python, which was written from docs/PROTOCOL.md alone.
@Timeout(300)
final class PythonClientTest {
    @ParameterizedTest
    @ValueSource(strings = {"ws://127.0.0.1:PORT/ws", "msgi://127.0.0.1:PORT"})
    void itMissesNothingWhenItsConnectionIsCut(String url) throws Exception {
        try (Hub hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")))) {
            Process script =
                    started("127.0.0.1", Integer.toString(hub.endpoint().port()), url);
            String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(script.exitValue()).as(output).isZero();
            assertThat(output).contains("ok nothing was lost", "ok a closed client says so");
        }
    }

    private static Process started(String host, String port, String url) throws IOException {
        String python = Optional.ofNullable(System.getenv("HAWSER_PYTHON")).orElse("python3");
        try {
            return new ProcessBuilder(python, "python/hawser_v1_check.py", "../examples/python", host, port, url)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) throw e;
            assumeTrue(false, "skipped: the client in another language needs python3");
            throw e;
        }
    }
}
