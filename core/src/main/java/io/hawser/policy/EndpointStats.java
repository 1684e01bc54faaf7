package io.hawser.policy;

import io.hawser.Endpoint;
import java.time.Duration;

/// What a [LoadBalancer] knows of one endpoint at a moment.
///
/// @param concurrent calls under way
/// @param latency the peak-sensitive average of how long calls take, zero while unknown
/// @param healthy what the health checks say, true without any
/// @param ejected whether it gets no calls because too many failed
public record EndpointStats(
        Endpoint endpoint, int weight, int concurrent, Duration latency, boolean healthy, boolean ejected) {}
