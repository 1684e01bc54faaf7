package io.hawser.http;

import io.hawser.Bytes;

/// Computes what proves a request to come from who sends it.
@FunctionalInterface
public interface RequestSigner {
    /// The fields to put into `request`, whose whole content is `content`: one of a name, in place of those
    /// that are there.
    Headers sign(Request request, Bytes content) throws Exception;
}
