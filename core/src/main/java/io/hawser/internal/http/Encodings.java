package io.hawser.internal.http;

import io.hawser.http.Headers;
import java.util.List;
import java.util.OptionalInt;

/// Which content coding a client prefers. Source: RFC 9110 section 12.5.3
public final class Encodings {
    public static final String IDENTITY = "identity";

    private Encodings() {}

    /// The coding of `available` that the request weighs most, the first of equals; `identity` if it prefers
    /// that, says
    /// nothing, or takes none of them.
    public static String choose(Headers request, List<String> available) {
        if (!request.has(Names.ACCEPT_ENCODING)) return IDENTITY;
        Weights weights = Weights.of(request.list(Names.ACCEPT_ENCODING));
        String best = IDENTITY;
        int most = 0;
        for (String coding : available) {
            int weight = weights.of(coding).orElse(0);
            // The old name of gzip is still the same coding.
            if (coding.equals("gzip") && !weights.names(coding))
                weight = Math.max(weight, weights.of("x-gzip").orElse(0));
            if (weight <= most) continue;
            best = coding;
            most = weight;
        }
        // Unnamed, identity is taken, but what is named comes before it.
        return weights.names(IDENTITY) && weights.of(IDENTITY).orElse(0) > most ? IDENTITY : best;
    }

    /// Whether the request takes a body as it is.
    public static boolean takesIdentity(Headers request) {
        OptionalInt weight = Weights.of(request.list(Names.ACCEPT_ENCODING)).of(IDENTITY);
        return weight.isEmpty() || weight.getAsInt() > 0;
    }
}
