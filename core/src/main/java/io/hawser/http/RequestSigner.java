package io.hawser.http;

import io.hawser.Bytes;

/// Computes what proves a request to come from who sends it.
@FunctionalInterface
public interface RequestSigner {
    /// The fields to add to `request`, whose whole content is `content`.
    Headers sign(Request request, Bytes content) throws Exception;
}
