package io.hawser.conformance.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import io.hawser.conformance.msgi.ServeProcess;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The page of a hub that is several processes, each of which knows its own sessions.
@Timeout(300)
final class WorkersPageTest {
    @Test
    void theOverviewAndTheSessionsAreOfAllWorkersAndTheTopicsOfTheOneThatIsChosen() throws Exception {
        try (ServeProcess hub = ServeProcess.start("--port", "0", "--workers", "2", "--node", "n", "--threads", "1");
                Browser browser = Browser.start()) {
            Endpoint at = ServeProcess.endpoint(hub.readyLine());
            browser.openLive("http://" + at + "/");
            browser.expect("[data-testid=nodes] tbody tr").hasCount(2);
            browser.expect("[data-testid=nodes] tbody").containsText(Pattern.compile("n\\.[12].*n\\.[12]"));
            browser.show("sessions");
            browser.expect("main").containsText(Pattern.compile("[0-9] in all on 2 nodes"));
            browser.show("topics");
            for (String node : new String[] {"n.1", "n.2", "n.1"}) {
                browser.click(node);
                browser.expect("main").containsText("0 in all on node " + node);
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
