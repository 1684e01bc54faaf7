package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.tcp.ListenConfig;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The example `hub-chat`, run as it lies there: the others are tested in their module, which knows no hub.
@Timeout(300)
final class HubChatTest {
    private static final String SOURCE = "../examples/src/main/java/io/hawser/examples/HubChat.java";

    @ParameterizedTest
    @ValueSource(strings = {"ws://HUB/ws", "msgi://HUB"})
    void whatIsSaidIsPrinted(String uri) throws Exception {
        try (Hub hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")))) {
            Process chat = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SOURCE,
                            uri.replace("HUB", hub.endpoint().toString()),
                            "room.42",
                            "ann")
                    .redirectErrorStream(true)
                    .start();
            try (OutputStream input = chat.getOutputStream()) {
                input.write("hello\nbye: ä\n".getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(chat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(chat.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(output).contains("ann: hello\n", "ann: bye: ");
            assertThat(chat.exitValue()).as(output).isZero();
        }
    }
}
