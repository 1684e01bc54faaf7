package io.hawser.hub.access;

import io.hawser.Endpoint;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Proves identities in a way of one's own, such as by asking another service.
@FunctionalInterface
public interface AuthHook {
    /// Whose token that is.
    ///
    /// Thread: it may be called on an event loop, so it must not wait: what takes time gives a stage.
    ///
    /// @param token what the peer shows as `bearer`, which no other way of the configuration knows
    /// @return empty, failed, or not there within 10 s, for nobody
    CompletionStage<Optional<Identity>> identify(String token, Endpoint remote);
}
