package io.hawser.http;

import java.time.Duration;

/// Puts on the answers of a handler the fields that make browsers strict, unless it has put its own.
///
/// What the handler throws passes by: put [ErrorAnswers] inside of this. What the server answers itself, such
/// as 400 for a malformed request, does not have them.
///
/// Always: `X-Content-Type-Options: nosniff`, `Cross-Origin-Opener-Policy: same-origin`,
/// `Cross-Origin-Resource-Policy: same-origin`. An empty component leaves its field out.
///
/// @param contentSecurityPolicy default `default-src 'self'; frame-ancestors 'none'`
/// @param frameOptions for older browsers; default `DENY`
/// @param referrerPolicy default `strict-origin-when-cross-origin`
/// @param permissionsPolicy default `camera=(), geolocation=(), microphone=()`
/// @param strictTransport for how long browsers shall come by TLS only, to the host and those below it
///     (`includeSubDomains`), said over TLS alone; less than a second is one; default zero, which says
///     nothing, since it cannot be taken back
public record SecurityHeaders(
        String contentSecurityPolicy,
        String frameOptions,
        String referrerPolicy,
        String permissionsPolicy,
        Duration strictTransport)
        implements Filter {
    private static final SecurityHeaders DEFAULTS = new SecurityHeaders(
            "default-src 'self'; frame-ancestors 'none'",
            "DENY",
            "strict-origin-when-cross-origin",
            "camera=(), geolocation=(), microphone=()",
            Duration.ZERO);

    public static SecurityHeaders defaults() {
        return DEFAULTS;
    }

    public SecurityHeaders withContentSecurityPolicy(String changed) {
        return new SecurityHeaders(changed, frameOptions, referrerPolicy, permissionsPolicy, strictTransport);
    }

    public SecurityHeaders withFrameOptions(String changed) {
        return new SecurityHeaders(contentSecurityPolicy, changed, referrerPolicy, permissionsPolicy, strictTransport);
    }

    public SecurityHeaders withReferrerPolicy(String changed) {
        return new SecurityHeaders(contentSecurityPolicy, frameOptions, changed, permissionsPolicy, strictTransport);
    }

    public SecurityHeaders withPermissionsPolicy(String changed) {
        return new SecurityHeaders(contentSecurityPolicy, frameOptions, referrerPolicy, changed, strictTransport);
    }

    public SecurityHeaders withStrictTransport(Duration changed) {
        return new SecurityHeaders(contentSecurityPolicy, frameOptions, referrerPolicy, permissionsPolicy, changed);
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        Response response = next.handle(request);
        Headers.Builder fields = response.headers().toBuilder();
        put(fields, "X-Content-Type-Options", "nosniff");
        put(fields, "Cross-Origin-Opener-Policy", "same-origin");
        put(fields, "Cross-Origin-Resource-Policy", "same-origin");
        put(fields, "Content-Security-Policy", contentSecurityPolicy);
        put(fields, "X-Frame-Options", frameOptions);
        put(fields, "Referrer-Policy", referrerPolicy);
        put(fields, "Permissions-Policy", permissionsPolicy);
        if (strictTransport.isPositive() && request.scheme().equals("https")) {
            put(
                    fields,
                    "Strict-Transport-Security",
                    "max-age=" + Math.max(1, strictTransport.toSeconds()) + "; includeSubDomains");
        }
        return response.withHeaders(fields.build());
    }

    private static void put(Headers.Builder fields, String name, String value) {
        if (!value.isEmpty() && !fields.has(name)) fields.add(name, value);
    }
}
