package io.hawser.hub.cli;

import picocli.CommandLine.Command;

/// `./hawser bench`: the load generator.
@Command(
        name = "bench",
        description = "Makes load on a server and measures what it answers.",
        synopsisSubcommandLabel = "http|ws|msgi|connect|topics|recover",
        subcommands = {
            BenchHttpCommand.class,
            BenchWsCommand.class,
            BenchMsgiCommand.class,
            BenchConnectCommand.class,
            BenchTopicsCommand.class,
            BenchRecoverCommand.class
        })
public final class BenchCommand {}
