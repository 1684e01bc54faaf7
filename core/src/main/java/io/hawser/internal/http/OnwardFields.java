package io.hawser.internal.http;

import io.hawser.Endpoint;
import io.hawser.http.Headers;
import io.hawser.http.HttpVersion;
import io.hawser.http.Request;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// The fields of a message as a gateway passes them on.
///
/// Source: RFC 9110 sections 7.6 and 6.6.2, RFC 7239
public final class OnwardFields {
    private static final String VIA = "Via";
    private static final String FORWARDED_PREFIX = "x-forwarded-";
    /// Those that are about one connection, whether or not `Connection` names them.
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "transfer-encoding",
            "upgrade",
            "http2-settings");
    /// What the gateway says itself, or has answered itself.
    private static final Set<String> OWN = Set.of("forwarded", "x-real-ip", "via", "expect");
    /// What decides how a message is read comes before it, not after.
    private static final Set<String> NEVER_TRAILERS =
            Set.of("content-length", "content-encoding", "content-type", "content-range", "host", "trailer");

    private OnwardFields() {}

    /// Those of a request, which says where it comes from in the words of the gateway alone.
    ///
    /// @param name of the gateway in `Via`
    /// @param stripped the beginning of the path that is not passed on, or empty
    public static Headers ofRequest(Request request, String name, String stripped) {
        Headers received = request.headers();
        Set<String> named = named(received);
        Headers.Builder fields = Headers.builder();
        for (int i = 0; i < received.size(); i++) {
            String lower = received.nameAt(i).toLowerCase(Locale.ROOT);
            if (isOfHop(lower, named)
                    || isOwn(lower)
                    || isIdleTrailer(lower, request.body().length().isPresent())) continue;
            fields.add(received.nameAt(i), received.valueAt(i));
        }
        if (received.lists(Names.TE, "trailers")) fields.add(Names.TE, "trailers");
        fields.add(VIA, via(request, name));
        forwarded(request, fields);
        if (!stripped.isEmpty()) fields.add("X-Forwarded-Prefix", stripped);
        return fields.build();
    }

    /// Those of an answer.
    ///
    /// @param isLengthKnown of its body, behind which there are then no trailers
    public static Headers ofAnswer(Headers received, boolean isLengthKnown) {
        Set<String> named = named(received);
        Headers.Builder fields = Headers.builder();
        for (int i = 0; i < received.size(); i++) {
            String lower = received.nameAt(i).toLowerCase(Locale.ROOT);
            if (isOfHop(lower, named) || isIdleTrailer(lower, isLengthKnown)) continue;
            fields.add(received.nameAt(i), received.valueAt(i));
        }
        return fields.build();
    }

    /// Those behind a body.
    static Headers ofTrailers(Headers received) {
        if (received.isEmpty()) return received;
        Headers.Builder fields = Headers.builder();
        for (int i = 0; i < received.size(); i++) {
            String lower = received.nameAt(i).toLowerCase(Locale.ROOT);
            if (isOfHop(lower, Set.of()) || isOwn(lower) || NEVER_TRAILERS.contains(lower)) continue;
            fields.add(received.nameAt(i), received.valueAt(i));
        }
        return fields.build();
    }

    /// How often a request has come by a gateway of that name.
    public static int passes(Headers received, String name) {
        int passes = 0;
        for (String hop : received.list(VIA)) {
            int space = hop.indexOf(' ');
            String by = space < 0 ? "" : hop.substring(space + 1).strip();
            if (by.equalsIgnoreCase(name)) passes++;
        }
        return passes;
    }

    private static Set<String> named(Headers received) {
        Set<String> named = new HashSet<>();
        for (String name : received.list(Names.CONNECTION)) named.add(name.toLowerCase(Locale.ROOT));
        return named;
    }

    private static boolean isOfHop(String lower, Set<String> named) {
        return HOP_BY_HOP.contains(lower) || named.contains(lower);
    }

    /// Some applications cannot tell `_` from `-` in a name.
    private static boolean isOwn(String lower) {
        String read = lower.replace('_', '-');
        return OWN.contains(read) || read.startsWith(FORWARDED_PREFIX);
    }

    private static boolean isIdleTrailer(String lower, boolean isLengthKnown) {
        return isLengthKnown && lower.equals("trailer");
    }

    private static String via(Request request, String name) {
        String protocol = request.version() == HttpVersion.HTTP_2
                ? "2"
                : request.version().toString().substring("HTTP/".length());
        String hops = String.join(", ", request.headers().list(VIA));
        return (hops.isEmpty() ? "" : hops + ", ") + protocol + " " + name;
    }

    private static void forwarded(Request request, Headers.Builder fields) {
        Endpoint client = request.remote();
        String host = request.authority();
        boolean isIpv6 = client.host().indexOf(':') >= 0;
        StringBuilder forwarded = new StringBuilder("for=")
                .append(isIpv6 ? "\"[" + client.host() + "]\"" : client.host())
                .append(";proto=")
                .append(request.peer().scheme());
        fields.add("X-Forwarded-For", client.host());
        fields.add("X-Forwarded-Proto", request.peer().scheme());
        if (!host.isEmpty()) {
            forwarded
                    .append(";host=\"")
                    .append(host.replace("\\", "").replace("\"", ""))
                    .append('"');
            fields.add("X-Forwarded-Host", host);
        }
        fields.add(Names.FORWARDED, forwarded.toString());
    }
}
