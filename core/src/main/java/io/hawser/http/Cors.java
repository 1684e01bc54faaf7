package io.hawser.http;

import io.hawser.internal.http.Names;
import io.hawser.internal.http.VaryField;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells browsers which other origins may call, and answers their preflight requests.
///
/// A request of an origin that may not call is handled like any other, but its answer lacks the fields
/// without which the browser keeps it from the page; its preflight is answered without them too, so that
/// nothing follows.
///
/// @param origins `https://app.example.com`, or `*` alone for all
/// @param methods which may be called, besides GET, HEAD and POST, which need not be listed
/// @param headers which fields may be sent, in lower case, or `*` alone for all that are asked for
/// @param exposed which fields of the answer the page may read
/// @param credentials whether cookies and authentication may come along; not with all origins
/// @param maxAge for how long a browser need not ask again
///
/// Source: Fetch standard, section 3.3
public record Cors(
        Set<String> origins,
        Set<Method> methods,
        Set<String> headers,
        Set<String> exposed,
        boolean credentials,
        Duration maxAge)
        implements Filter {
    private static final String ALL = "*";

    /// The methods that need not be listed. Source: Fetch standard, section 2.2.1
    private static final Set<String> SAFELISTED = Set.of("GET", "HEAD", "POST");

    public Cors {
        if (credentials && origins.contains(ALL)) {
            throw new IllegalArgumentException("credentials: not with every origin, any page could act as its visitor");
        }
        if (maxAge.isNegative()) throw new IllegalArgumentException("maxAge " + maxAge + ": not below zero");
        origins = Set.copyOf(origins);
        methods = Set.copyOf(methods);
        headers = headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        exposed = Set.copyOf(exposed);
    }

    /// GET, HEAD, POST, PUT, PATCH and DELETE with any field, but without credentials, for `origins`; 10
    /// minutes.
    public static Cors of(String... origins) {
        return new Cors(
                Set.of(origins),
                Set.of(Method.GET, Method.HEAD, Method.POST, Method.PUT, Method.PATCH, Method.DELETE),
                Set.of(ALL),
                Set.of(),
                false,
                Duration.ofMinutes(10));
    }

    public Cors withMethods(Method... changed) {
        return new Cors(origins, Set.of(changed), headers, exposed, credentials, maxAge);
    }

    public Cors withHeaders(String... changed) {
        return new Cors(origins, methods, Set.of(changed), exposed, credentials, maxAge);
    }

    public Cors withExposed(String... changed) {
        return new Cors(origins, methods, headers, Set.of(changed), credentials, maxAge);
    }

    public Cors withCredentials(boolean changed) {
        return new Cors(origins, methods, headers, exposed, changed, maxAge);
    }

    public Cors withMaxAge(Duration changed) {
        return new Cors(origins, methods, headers, exposed, credentials, changed);
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        String origin = request.headers().value(Names.ORIGIN, "");
        boolean preflight =
                request.method().equals(Method.OPTIONS) && request.headers().has("Access-Control-Request-Method");
        if (preflight && !origin.isEmpty()) return preflight(request, origin);
        Response response = varying(next.handle(request));
        if (origin.isEmpty() || !mayCall(origin)) return response;
        Headers.Builder fields = response.headers().toBuilder();
        allow(origin, fields);
        if (!exposed.isEmpty()) fields.set("Access-Control-Expose-Headers", joined(exposed));
        return response.withHeaders(fields.build());
    }

    private Response preflight(Request request, String origin) {
        Response refused = varying(Response.noContent());
        String method = request.headers().value("Access-Control-Request-Method", "");
        Set<String> asked = request.headers().list("Access-Control-Request-Headers").stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        boolean fits = (SAFELISTED.contains(method)
                        || methods.stream().anyMatch(allowed -> allowed.name().equals(method)))
                && (headers.contains(ALL) || headers.containsAll(asked));
        if (!mayCall(origin) || !fits) return refused;
        Headers.Builder fields = refused.headers().toBuilder();
        allow(origin, fields);
        fields.set(
                "Access-Control-Allow-Methods",
                joined(methods.stream().map(Method::name).collect(Collectors.toSet())));
        if (!asked.isEmpty()) fields.set("Access-Control-Allow-Headers", joined(asked));
        fields.set("Access-Control-Max-Age", String.valueOf(maxAge.toSeconds()));
        return refused.withHeaders(fields.build());
    }

    private boolean mayCall(String origin) {
        return origins.contains(ALL) || origins.contains(origin);
    }

    private void allow(String origin, Headers.Builder fields) {
        fields.set("Access-Control-Allow-Origin", origins.contains(ALL) ? ALL : origin);
        if (credentials) fields.set("Access-Control-Allow-Credentials", "true");
    }

    /// Caches must not give one origin's answer to another.
    private Response varying(Response response) {
        return origins.contains(ALL) ? response : VaryField.adding(response, Names.ORIGIN);
    }

    private static String joined(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
