package io.hawser.policy;

import io.hawser.Endpoint;
import io.hawser.Resolver;
import java.util.List;

/// Where a [LoadBalancer] learns, again and again, which endpoints there are: DNS, a registry, a file.
///
/// Thread: asked first on the thread of whoever makes the balancer, then on one of its own, one call at a
/// time.
@FunctionalInterface
public interface EndpointSource {
    /// All endpoints of now. An empty list and an error leave those of before in use.
    List<WeightedEndpoint> endpoints() throws Exception;

    /// Every address of `name`, equally, with the system's resolver.
    static EndpointSource dns(Endpoint name) {
        return dns(name, Resolver.system());
    }

    /// Every address of `name`, equally.
    static EndpointSource dns(Endpoint name, Resolver resolver) {
        return () -> WeightedEndpoint.equally(
                name.resolve(resolver).stream().map(Endpoint::of).toList());
    }
}
