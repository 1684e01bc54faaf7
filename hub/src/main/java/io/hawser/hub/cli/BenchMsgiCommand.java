package io.hawser.hub.cli;

import io.hawser.Endpoint;
import io.hawser.hub.bench.MsgiProtocol;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./hawser bench msgi TARGET`: load on an MSGI echo; exit code 1 when anything went wrong.
@Command(name = "msgi", description = "Sends MSGI frames in bare mode to an echo and verifies every answer.")
final class BenchMsgiCommand implements Callable<Integer> {
    @Parameters(paramLabel = "HOST:PORT", converter = EndpointOption.class, description = "the server")
    private Endpoint target;

    @Option(names = "--tls", description = "go over TLS")
    private boolean tls;

    @Mixin
    private LoadOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Optional<String> protocol = tls ? Optional.of("msgi") : Optional.empty();
        return options.run(spec, LoadTarget.of(target, protocol), LoadOptions.USUAL_PAYLOAD, MsgiProtocol::new);
    }
}
