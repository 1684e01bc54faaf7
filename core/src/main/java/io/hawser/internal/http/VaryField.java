package io.hawser.internal.http;

import io.hawser.http.Response;

/// What a cached answer depends on. Source: RFC 9110 section 12.5.5
public final class VaryField {
    private VaryField() {}

    /// `response`, whose `Vary` names the request's field `name`.
    public static Response adding(Response response, String name) {
        if (response.headers().lists(Names.VARY, name) || response.headers().lists(Names.VARY, "*")) return response;
        String before = String.join(", ", response.headers().list(Names.VARY));
        return response.withHeader(Names.VARY, before.isEmpty() ? name : before + ", " + name);
    }
}
