package io.hawser.hub.cli;

import io.hawser.hub.bench.WebSocketProtocol;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./hawser bench ws URL`: load on a WebSocket echo; exit code 1 when anything went wrong.
@Command(name = "ws", description = "Sends binary WebSocket messages to an echo and verifies every answer.")
final class BenchWsCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "URL",
            description = "the echo: ws://HOST:PORT/PATH, wss://... over TLS, or HOST:PORT for its /echo")
    private String url = "";

    @Mixin
    private LoadOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        String whole = url.contains("://") ? url : "ws://" + url + "/echo";
        LoadTarget target = LoadOptions.target(spec, whole, "ws");
        return options.run(
                spec,
                target,
                LoadOptions.USUAL_PAYLOAD,
                payload -> new WebSocketProtocol(target.authority(), target.path(), payload));
    }
}
