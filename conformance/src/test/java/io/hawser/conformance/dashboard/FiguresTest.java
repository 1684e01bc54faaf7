package io.hawser.conformance.dashboard;

import static io.hawser.conformance.dashboard.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.hawser.conformance.rest.Http;
import io.hawser.conformance.v1.Client;
import io.hawser.conformance.v1.Wire;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every figure of the overview under load, as it is shown and as it is said to who does not see it.
@Timeout(300)
final class FiguresTest {
    private static final String RATE = "[1-9][0-9.,]*K?";
    private static final String BYTES = "[1-9][0-9.,]* ([KMG]i)?B";
    private static final String TIME = "[0-9.,]+ (µs|ms|s)";

    private Hub hub;
    private Browser browser;

    @BeforeEach
    void open() {
        browser = Browser.start();
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")));
        browser.openLive("http://" + hub.endpoint() + "/");
    }

    @AfterEach
    void close() {
        if (browser != null) browser.close();
        if (hub != null) hub.close();
    }

    @Test
    void everyTileChartAndRowMovesUnderLoad() throws IOException {
        Http http = new Http(hub.endpoint());
        try (Client socket = Wire.WEBSOCKET_JSON.connect(hub.endpoint());
                Client frames = Wire.MSGI.connect(hub.endpoint())) {
            socket.greet("socket");
            frames.greet("frames");
            frames.subscribe("room.1");
            browser.expect("[data-testid=tiles]").containsText("Connections");
            eventually().untilAsserted(() -> {
                for (int i = 0; i < 50; i++) {
                    socket.publish("room.1", i);
                    frames.read();
                }
                for (int i = 0; i < 10; i++) http.get("/json").is(200);
                tilesShow();
                chartsShow();
                nodeShows();
            });
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private void tilesShow() {
        assertThat(browser.text("[data-testid=tiles] > div"))
                .matches("(?s)"
                        + "Connections\\s+[1-9][0-9]*\\s+Messages in\\s+RATE/s\\s+Messages out\\s+RATE/s\\s+Requests\\s+RATE/s\\s+"
                                .replace("RATE", RATE)
                        + "Request p99\\s+TIME\\s+Delivery p99\\s+TIME\\s+".replace("TIME", TIME)
                        + "Loops busy\\s+[0-9.]+ %\\s+Dropped\\s+0/s");
    }

    private void chartsShow() {
        assertThat(chart("Connections")).containsPattern("websocket [2-9]").containsPattern("msgi 1");
        assertThat(chart("Messages a second")).matches(now("in " + RATE + ", out " + RATE));
        assertThat(chart("Bytes a second")).matches(now("in " + BYTES + ", out " + BYTES));
        assertThat(chart("Latency"))
                .matches(now("request p50 T, request p99 T, delivery p50 T, delivery p99 T".replace("T", TIME)));
        assertThat(chart("Event loops")).matches(now("loop 0 [0-9.]+ %(, loop [0-9]+ [0-9.]+ %)*"));
        assertThat(chart("Memory")).matches(now("heap B, buffers B, JVM direct B".replace("B", BYTES)));
    }

    private static String now(String values) {
        return ".*Now: " + values;
    }

    /// What is said of a chart: what it is, and its newest values.
    private String chart(String title) {
        Locator canvas = browser.page().locator("canvas[aria-label^='" + title + "']");
        return canvas.getAttribute("aria-label");
    }

    private void nodeShows() {
        assertThat(browser.text("[data-testid=nodes] tbody tr"))
                .matches("(?s)hawser\\s+up\\s+[0-9]+ (s|min)\\s+[1-9][0-9]*\\s+"
                        + "R/s\\s+R/s\\s+".replace("R", RATE)
                        + "B/s\\s+B/s\\s+".replace("B", BYTES)
                        + TIME
                        + "\\s+[0-9.]+ %\\s+"
                        + BYTES + " of " + BYTES);
    }
}
