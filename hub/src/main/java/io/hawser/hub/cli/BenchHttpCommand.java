package io.hawser.hub.cli;

import io.hawser.Endpoint;
import io.hawser.hub.bench.HttpProtocol;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./hawser bench http URL`: load of GETs; exit code 1 when anything went wrong.
@Command(name = "http", description = "Sends GETs over HTTP/1.1 and verifies that every answer is 200 and the same.")
final class BenchHttpCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 80;

    @Parameters(paramLabel = "URL", description = "such as http://127.0.0.1:9000/plaintext")
    private URI target;

    @Mixin
    private LoadOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var authority = target.getRawAuthority();
        if (!"http".equals(target.getScheme()) || authority == null) {
            throw new ParameterException(spec.commandLine(), target + ": an http URL");
        }
        var path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        var whole = target.getRawQuery() == null ? path : path + "?" + target.getRawQuery();
        return options.run(
                spec, Endpoint.parse(authority, DEFAULT_PORT), payload -> new HttpProtocol(authority, whole));
    }
}
