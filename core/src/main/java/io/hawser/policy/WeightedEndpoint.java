package io.hawser.policy;

import io.hawser.Endpoint;
import java.util.List;
import java.util.Objects;

/// An endpoint and how much of the load it can take beside the others.
///
/// @param weight 1 to 1,000
public record WeightedEndpoint(Endpoint endpoint, int weight) {
    public WeightedEndpoint {
        Objects.requireNonNull(endpoint, "endpoint");
        Checked.between("weight", weight, 1, 1000);
    }

    /// Each with a weight of 1.
    public static List<WeightedEndpoint> equally(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(endpoint -> new WeightedEndpoint(endpoint, 1))
                .toList();
    }
}
