package io.hawser.hub;

import io.hawser.policy.BreakerState;
import io.hawser.policy.PolicyEvent;
import io.hawser.policy.PolicyListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Logs what becomes of the endpoints behind the gateway. Single calls are counted, not logged.
///
/// Thread: safe from any.
final class GatewayEvents implements PolicyListener {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayEvents.class);

    @Override
    public void event(PolicyEvent event) {
        switch (event) {
            case PolicyEvent.Ejected it ->
                LOG.warn(
                        "upstream {}: {} failed too often in a row, and is out for {}",
                        it.upstream(),
                        it.endpoint(),
                        it.duration());
            case PolicyEvent.BreakerChanged it ->
                LOG.atLevel(it.to() == BreakerState.OPEN ? Level.WARN : Level.INFO)
                        .log("upstream {}: the breaker of {} is {}", it.upstream(), it.endpoint(), it.to());
            case PolicyEvent.HealthChanged it ->
                LOG.atLevel(it.healthy() ? Level.INFO : Level.WARN)
                        .log("upstream {}: {} is {}", it.upstream(), it.endpoint(), it.healthy() ? "well" : "ill");
            case PolicyEvent.Panicked it ->
                LOG.atLevel(it.panics() ? Level.WARN : Level.INFO)
                        .log(
                                "upstream {}: {} of {} endpoints are well, {}",
                                it.upstream(),
                                it.usable(),
                                it.endpoints(),
                                it.panics() ? "so all are used" : "which is enough again");
            default -> {}
        }
    }
}
