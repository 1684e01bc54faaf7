package io.hawser.http;

import io.hawser.TimeSource;
import io.hawser.internal.http.Again;
import io.hawser.internal.http.CrossedOrigin;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.oauth.AccessToken;
import io.hawser.internal.http.oauth.TokenKeeper;

/// Puts the access token of a service into its requests, and keeps one that is good: OAuth 2.0, client credentials.
///
/// The token is fetched with the first request, and again before it ends: by one caller, while the others go on
/// with the old one. If a server answers 401, a new one is fetched once and the request sent again; where its
/// body cannot be, it keeps the 401, and the next request fetches a new one. Passes on what has `Authorization`
/// already, and what [Redirects] led to another origin.
///
/// Errors: [io.hawser.ProtocolError] if the token endpoint refuses, [io.hawser.Rejected] if it is overloaded or
/// fails, and what its client throws.
///
/// Thread: safe from any. Source: RFC 6749 section 4.4, RFC 6750
public final class ClientCredentials implements Filter {
    private final TokenKeeper tokens;

    private ClientCredentials(TokenKeeper tokens) {
        this.tokens = tokens;
    }

    /// The filter of one service.
    ///
    /// @param client asks the token endpoint; it must not pass through this filter
    public static ClientCredentials of(ClientCredentialsConfig config, HttpHandler client) {
        return of(config, client, TimeSource.system());
    }

    static ClientCredentials of(ClientCredentialsConfig config, HttpHandler client, TimeSource time) {
        return new ClientCredentials(new TokenKeeper(config, client, time));
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        if (request.headers().has(Names.AUTHORIZATION) || CrossedOrigin.isMarked(request)) return next.handle(request);
        AccessToken token = tokens.current();
        Response response = next.handle(with(token, request));
        if (response.status() != Status.UNAUTHORIZED) return response;
        if (!Again.isPossible(request)) {
            tokens.refused(token);
            return response;
        }
        response.body().close();
        return next.handle(with(tokens.instead(token), Again.of(request)));
    }

    private static Request with(AccessToken token, Request request) {
        return request.withHeader(Names.AUTHORIZATION, "Bearer " + token.value());
    }
}
