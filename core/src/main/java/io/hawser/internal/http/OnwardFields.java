package io.hawser.internal.http;

import io.hawser.http.Headers;
import io.hawser.http.Request;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The fields of a message as a gateway passes them on.
///
/// Made for each message that goes through, so names are compared as they are and not written in lower case
/// first.
///
/// Source: RFC 9110 sections 7.6 and 6.6.2, RFC 7239
public final class OnwardFields {
    private static final String VIA = "Via";
    private static final String FORWARDED_PREFIX = "X-Forwarded-";
    /// What a gateway says itself: at most so many.
    private static final int MOST_OWN = 7;
    /// What decides how a message is read comes before it, not after.
    private static final Set<String> NEVER_TRAILERS =
            Set.of("content-length", "content-encoding", "content-type", "content-range", "host", "trailer");

    private final String[] pairs;
    private int length;

    private OnwardFields(int most) {
        this.pairs = new String[2 * most];
    }

    /// Those of a request, which says where it comes from in the words of the gateway alone. Its host is the
    /// one that it had here, so that is left out.
    ///
    /// @param name of the gateway in `Via`
    /// @param stripped the beginning of the path that is not passed on, or empty
    public static Headers ofRequest(Request request, String name, String stripped) {
        Headers received = request.headers();
        OnwardFields fields = new OnwardFields(received.size() + MOST_OWN);
        fields.pass(received, true, request.body().length().isPresent());
        if (received.lists(Names.TE, "trailers")) fields.add(Names.TE, "trailers");
        fields.add(VIA, via(request, name));
        fields.addForwarded(request);
        if (!stripped.isEmpty()) fields.add(FORWARDED_PREFIX + "Prefix", stripped);
        return fields.headers();
    }

    /// Those of an answer.
    ///
    /// @param isLengthKnown of its body, behind which there are then no trailers
    public static Headers ofAnswer(Headers received, boolean isLengthKnown) {
        OnwardFields fields = new OnwardFields(received.size());
        fields.pass(received, false, isLengthKnown);
        return fields.headers();
    }

    private void pass(Headers received, boolean isRequest, boolean isLengthKnown) {
        Set<String> named = named(received);
        for (int i = 0; i < received.size(); i++) {
            String name = received.nameAt(i);
            boolean stays = isOfHop(name)
                    || named.contains(name)
                    || (isRequest && (isOwn(name) || name.equalsIgnoreCase(Names.HOST)))
                    || (isLengthKnown && name.equalsIgnoreCase(Names.TRAILER));
            if (!stays) put(name, received.valueAt(i));
        }
    }

    private void add(String name, String value) {
        put(name, Tokens.checkValue(name, value));
    }

    private void put(String name, String value) {
        pairs[length++] = name;
        pairs[length++] = value;
    }

    private Headers headers() {
        return HttpParts.trusted().headers(pairs, length);
    }

    /// Those behind a body.
    static Headers ofTrailers(Headers received) {
        if (received.isEmpty()) return received;
        OnwardFields fields = new OnwardFields(received.size());
        for (int i = 0; i < received.size(); i++) {
            String name = received.nameAt(i);
            if (isOfHop(name) || isOwn(name) || NEVER_TRAILERS.contains(name.toLowerCase(Locale.ROOT))) continue;
            fields.put(name, received.valueAt(i));
        }
        return fields.headers();
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

    /// The fields that `Connection` names; the two options that are nearly always all of it are none.
    private static Set<String> named(Headers received) {
        Set<String> named = Set.of();
        for (int i = 0; i < received.size(); i++) {
            if (!received.nameAt(i).equalsIgnoreCase(Names.CONNECTION)) continue;
            String value = received.valueAt(i);
            if (value.equalsIgnoreCase("keep-alive") || value.equalsIgnoreCase("close")) continue;
            if (named.isEmpty()) named = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            FieldLists.split(value, named);
        }
        return named;
    }

    /// Whether it is about one connection, whether or not `Connection` names it.
    private static boolean isOfHop(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase(Names.TE);
            case 7 -> name.equalsIgnoreCase(Names.UPGRADE);
            case 10 -> name.equalsIgnoreCase(Names.CONNECTION) || name.equalsIgnoreCase(Names.KEEP_ALIVE);
            case 14 -> name.equalsIgnoreCase("HTTP2-Settings");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase(Names.TRANSFER_ENCODING);
            case 18 -> name.equalsIgnoreCase("Proxy-Authenticate");
            case 19 -> name.equalsIgnoreCase(Names.PROXY_AUTHORIZATION);
            default -> false;
        };
    }

    /// What the gateway says itself, or has answered itself. Some applications cannot tell `_` from `-` in a
    /// name.
    private static boolean isOwn(String name) {
        String read = name.replace('_', '-');
        return switch (read.length()) {
            case 3 -> read.equalsIgnoreCase(VIA);
            case 6 -> read.equalsIgnoreCase(Names.EXPECT);
            case 9 -> read.equalsIgnoreCase(Names.FORWARDED) || read.equalsIgnoreCase("X-Real-IP");
            default -> read.regionMatches(true, 0, FORWARDED_PREFIX, 0, FORWARDED_PREFIX.length());
        };
    }

    private static String via(Request request, String name) {
        String version = switch (request.version()) {
            case HTTP_1_0 -> "1.0";
            case HTTP_1_1 -> "1.1";
            case HTTP_2 -> "2";
        };
        String own = version + " " + name;
        List<String> hops = request.headers().list(VIA);
        return hops.isEmpty() ? own : String.join(", ", hops) + ", " + own;
    }

    private void addForwarded(Request request) {
        String client = request.remote().host();
        String scheme = request.peer().scheme();
        String host = request.authority();
        String node = client.indexOf(':') < 0 ? client : "\"[" + client + "]\"";
        String forwarded = "for=" + node + ";proto=" + scheme;
        add(FORWARDED_PREFIX + "For", client);
        add(FORWARDED_PREFIX + "Proto", scheme);
        if (!host.isEmpty()) {
            add(FORWARDED_PREFIX + "Host", host);
            forwarded += ";host=\"" + host.replace("\\", "").replace("\"", "") + '"';
        }
        add(Names.FORWARDED, forwarded);
    }
}
