package io.hawser.hub.cli;

import io.hawser.Endpoint;
import io.hawser.hub.bench.WebSocketProtocol;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./hawser bench ws URL`: load on a WebSocket echo; exit code 1 when anything went wrong.
@Command(name = "ws", description = "Sends binary WebSocket messages to an echo and verifies every answer.")
final class BenchWsCommand implements Callable<Integer> {
    private static final int HTTP_PORT = 80;

    @Parameters(paramLabel = "URL", description = "the echo: ws://HOST:PORT/PATH, or HOST:PORT for its /echo")
    private String target = "";

    @Mixin
    private LoadOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        URI uri;
        Endpoint server;
        try {
            uri = URI.create(target.contains("://") ? target : "ws://" + target + "/echo");
            if (!"ws".equals(uri.getScheme()) || uri.getHost() == null) {
                throw new IllegalArgumentException(target + ": ws://HOST:PORT/PATH");
            }
            server = Endpoint.of(uri.getHost(), uri.getPort() < 0 ? HTTP_PORT : uri.getPort());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return options.run(spec, server, payload -> new WebSocketProtocol(uri.getRawAuthority(), path, payload));
    }
}
