package io.hawser.conformance.msgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.hub.Hub;
import io.hawser.io.ExecutionMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A client in Python that knows only `docs/PROTOCOL.md`.
@Timeout(300)
final class MsgiEchoScriptTest {
    @ParameterizedTest
    @EnumSource
    void aClientInAnotherLanguageFindsNoFault(ExecutionMode mode) throws Exception {
        try (Hub hub = Hub.start(Hubs.echo().withHandlers(mode))) {
            Process script = started(
                    hub.endpoint().host(), Integer.toString(hub.endpoint().port()));
            String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(script.exitValue()).as(output).isZero();
            assertThat(output).contains("ok ").doesNotContain("FAILED");
        }
    }

    private static Process started(String... arguments) throws IOException {
        String python = Optional.ofNullable(System.getenv("HAWSER_PYTHON")).orElse("python3");
        try {
            return new ProcessBuilder(python, "python/msgi_echo.py", arguments[0], arguments[1])
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) throw e;
            assumeTrue(false, "skipped: the client in another language needs python3");
            throw e;
        }
    }
}
