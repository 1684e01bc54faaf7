package io.hawser.internal.http;

import io.hawser.Endpoint;
import io.hawser.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What proxies say of the hop before them. Source: RFC 7239 sections 4 to 6
public final class ForwardedElements {
    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String AUTHORITY = "X-Forwarded-Host";

    /// The fields by which a proxy shows itself.
    public static final Set<String> FIELDS = Set.of(Names.FORWARDED, FOR, PROTO, AUTHORITY, "X-Real-IP");

    private ForwardedElements() {}

    /// One hop, nearest last.
    ///
    /// @param client empty where it is hidden or malformed
    /// @param scheme `http`, `https` or empty
    /// @param host as in the field `Host`, or empty
    public record Hop(Optional<Endpoint> client, String scheme, String host) {
        public static final Hop UNKNOWN = new Hop(Optional.empty(), "", "");
    }

    /// The elements of `Forwarded`, in order.
    public static List<Hop> standard(Headers headers) {
        List<Hop> hops = new ArrayList<>();
        for (String element : headers.list(Names.FORWARDED)) {
            Optional<Endpoint> client = Optional.empty();
            String scheme = "";
            String host = "";
            List<String> pairs = new ArrayList<>();
            FieldLists.split(element, ';', pairs);
            for (String pair : pairs) {
                int equals = pair.indexOf('=');
                if (equals < 0) continue;
                String value = FieldLists.unquote(pair.substring(equals + 1));
                switch (pair.substring(0, equals).toLowerCase(Locale.ROOT)) {
                    case "for" -> client = node(value);
                    case "proto" -> scheme = scheme(value);
                    case "host" -> host = host(value);
                    default -> {}
                }
            }
            hops.add(new Hop(client, scheme, host));
        }
        return hops;
    }

    /// The members of `X-Forwarded-For`, in order. Scheme and host are those that the nearest proxy wrote:
    /// these
    /// fields are replaced by each, not extended.
    public static List<Hop> customary(Headers headers) {
        String scheme = scheme(last(headers.list(PROTO)));
        String host = host(last(headers.list(AUTHORITY)));
        List<Hop> hops = new ArrayList<>();
        for (String member : headers.list(FOR)) hops.add(new Hop(node(FieldLists.unquote(member)), scheme, host));
        return hops;
    }

    private static String last(List<String> members) {
        return members.isEmpty() ? "" : members.getLast();
    }

    /// An address, with or without a port; IPv6 with or without brackets. Port 0 where there is none.
    private static Optional<Endpoint> node(String text) {
        try {
            boolean bare = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
            Endpoint endpoint = bare ? Endpoint.of(text, 0) : Endpoint.parse(text, 0);
            return endpoint.isIpLiteral() ? Optional.of(endpoint) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static String scheme(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals("http") || lower.equals("https") ? lower : "";
    }

    private static String host(String text) {
        try {
            // A path of this machine is no host of anybody's.
            return text.isEmpty() || Endpoint.parse(text, 0).isUnix() ? "" : text;
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
