package io.hawser.conformance.soak;

import io.hawser.Endpoint;
import java.nio.file.Path;
import java.util.List;

/// What the clients are told.
///
/// @param certificate of the hub, as PEM
/// @param seed of all that is random
/// @param perSecond acts a second, of all clients together, about
record LoadPlan(Endpoint hub, Path certificate, long seed, int perSecond) {
    LoadPlan {
        if (perSecond < 1 || perSecond > 10_000) {
            throw new IllegalArgumentException("perSecond " + perSecond + ": from 1 to 10000");
        }
    }

    static LoadPlan of(String... arguments) {
        return new LoadPlan(
                Endpoint.parse(arguments[0]),
                Path.of(arguments[1]),
                Long.parseLong(arguments[2]),
                Integer.parseInt(arguments[3]));
    }

    List<String> toArguments() {
        return List.of(hub.toString(), certificate.toString(), Long.toString(seed), Integer.toString(perSecond));
    }
}
