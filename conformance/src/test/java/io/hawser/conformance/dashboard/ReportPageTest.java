package io.hawser.conformance.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.cli.BenchCommand;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The report that `./hawser bench --html FILE` writes, in a browser.
@Timeout(300)
final class ReportPageTest {
    @TempDir
    private Path folder;

    @Test
    void theReportOfARunFitsEveryScreenInBothThemes() throws IOException {
        Path file = folder.resolve("report.html");
        StringWriter out = new StringWriter();
        try (Browser browser = Browser.start();
                Hub hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")))) {
            int exit = new CommandLine(new BenchCommand())
                    .setOut(new PrintWriter(out))
                    .execute(
                            "ws",
                            hub.endpoint().toString(),
                            "--connections",
                            "2",
                            "--warmup",
                            "500ms",
                            "--duration",
                            "1s",
                            "--html",
                            file.toString());
            assertThat(exit).as(out.toString()).isZero();
            browser.open(file.toUri().toString());
            browser.expect("svg").hasCount(3);
            browser.expect("pre").containsText("errors      none");
            browser.everyScreen("report");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
