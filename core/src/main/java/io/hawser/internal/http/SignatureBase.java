package io.hawser.internal.http;

import io.hawser.http.Request;
import java.util.List;
import java.util.Locale;

/// What a signature of a request is made over. Source: RFC 9421 sections 2.2, 2.3 and 2.5
///
/// @param text of the base, without a line end behind it
/// @param parameters as `Signature-Input` says them
public record SignatureBase(String text, String parameters) {
    /// The base for these components of `request`.
    ///
    /// @throws IllegalArgumentException if the request has no field that is to be covered
    public static SignatureBase of(Request request, List<String> components, long created, String keyId) {
        StringBuilder text = new StringBuilder();
        StringBuilder inner = new StringBuilder("(");
        for (String component : components) {
            String name = FieldLists.quote(component);
            text.append(name).append(": ").append(value(request, component)).append('\n');
            if (inner.length() > 1) inner.append(' ');
            inner.append(name);
        }
        inner.append(");created=").append(created);
        inner.append(";keyid=").append(FieldLists.quote(keyId));
        text.append("\"@signature-params\": ").append(inner);
        return new SignatureBase(text.toString(), inner.toString());
    }

    private static String value(Request request, String component) {
        return switch (component) {
            case "@method" -> request.method().name();
            case "@target-uri" -> References.urlOf(request);
            case "@authority" -> authority(request);
            case "@scheme" -> request.scheme();
            case "@request-target" -> Targets.withQuery(request.rawPath(), request.rawQuery());
            case "@path" -> request.rawPath();
            case "@query" -> "?" + request.rawQuery();
            default -> field(request, component);
        };
    }

    private static String authority(Request request) {
        String origin = Origin.of(request).toString();
        return origin.substring(origin.indexOf("://") + 3).toLowerCase(Locale.ROOT);
    }

    private static String field(Request request, String name) {
        List<String> values = request.headers().all(name);
        if (values.isEmpty()) throw new IllegalArgumentException("the request has no " + name + " to be signed");
        return String.join(", ", values);
    }
}
