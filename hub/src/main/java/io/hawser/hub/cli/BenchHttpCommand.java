package io.hawser.hub.cli;

import io.hawser.hub.bench.HttpProtocol;
import io.hawser.hub.bench.HttpProtocol.Bodies;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./hawser bench http URL`: load of GETs or POSTs; exit code 1 when anything went wrong.
@Command(
        name = "http",
        description = "Sends GETs over HTTP/1.1, or with --payload POSTs of so many bytes, and verifies that every "
                + "answer is 2xx, and with --same-body that all of them are the same.")
final class BenchHttpCommand implements Callable<Integer> {
    @Parameters(paramLabel = "URL", description = "such as 127.0.0.1:9000/plaintext; https://... goes over TLS")
    private String url = "";

    @Option(names = "--same-body", description = "an answer with another body than the first is an error")
    private boolean isSameBody;

    @Mixin
    private LoadOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        String whole = url.contains("://") ? url : "http://" + url;
        LoadTarget target = LoadOptions.target(spec, whole, "http");
        Bodies bodies = isSameBody ? Bodies.SAME : Bodies.ANY;
        return options.run(
                spec,
                target,
                0,
                payload -> payload == 0
                        ? HttpProtocol.get(target.authority(), target.path(), bodies)
                        : HttpProtocol.post(target.authority(), target.path(), payload, bodies));
    }
}
