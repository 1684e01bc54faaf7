package io.hawser.hub.cli;

import io.hawser.Endpoint;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/// The hubs that a run with many clients goes to.
final class HubsOptions {
    @Parameters(
            paramLabel = "HOST:PORT",
            arity = "1..*",
            converter = EndpointOption.class,
            description = "hubs of one cluster, over which the clients are spread; the first is published to")
    private List<Endpoint> hubs;

    /// Where they listen.
    List<InetSocketAddress> addresses() {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (Endpoint hub : hubs) addresses.add(hub.resolve().getFirst());
        return addresses;
    }
}
