package io.hawser.hub.cli;

import io.hawser.Endpoint;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.LoadRun;
import io.hawser.hub.bench.MsgiProtocol;
import io.hawser.hub.bench.Progress;
import io.hawser.hub.bench.ReportJson;
import io.hawser.hub.bench.ReportText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./hawser bench msgi TARGET`: load on an MSGI echo; exit code 1 when anything went wrong.
@Command(name = "msgi", description = "Sends MSGI frames in bare mode to an echo and verifies every answer.")
final class BenchMsgiCommand implements Callable<Integer> {
    @Parameters(paramLabel = "HOST:PORT", converter = EndpointOption.class, description = "the server")
    private Endpoint target;

    @Mixin
    private LoadOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var config = config();
        var run = new LoadRun(
                () -> new MsgiProtocol(config.payloadBytes()),
                target.resolve().getFirst(),
                config,
                LoadOptions.optionalLong(options.serverPid));
        var report = run.run(Progress.onTerminal("bench msgi", config.warmup().plus(config.duration())));
        var out = spec.commandLine().getOut();
        out.print(options.json ? ReportJson.of(report) + "\n" : ReportText.of(report));
        out.flush();
        return report.clean() ? 0 : 1;
    }

    private LoadConfig config() {
        try {
            return options.config();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
