package io.hawser.internal.http;

import io.hawser.http.Headers;
import io.hawser.http.Principal;
import io.hawser.http.Request;
import io.hawser.http.RequestIds;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Lines of an access log.
public final class AccessFormat {
    private static final DateTimeFormatter COMMON_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private AccessFormat() {}

    /// The combined log format: the common one, and where the client says that it comes from.
    public static String combined(AccessEntry entry) {
        Headers headers = entry.request().headers();
        return common(entry)
                + " \"" + escaped(headers.value(Names.REFERER, "-")) + "\" \""
                + escaped(headers.value(Names.USER_AGENT, "-")) + '"';
    }

    /// The common log format.
    public static String common(AccessEntry entry) {
        Request request = entry.request();
        return request.remote().host()
                + " - "
                + Principal.of(request)
                        .map(principal -> escaped(principal.name()))
                        .orElse("-")
                + " [" + COMMON_TIME.format(entry.at()) + "] \""
                + escaped(request.method() + " " + request.target() + " " + request.version()) + "\" "
                + entry.status() + " "
                + (entry.bytes() == 0 ? "-" : entry.bytes());
    }

    /// Quotes, backslashes and whatever is no printable ASCII become escapes.
    private static String escaped(String text) {
        StringBuilder line = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') line.append('\\').append(c);
            else if (c >= ' ' && c < 0x7f) line.append(c);
            else if (c <= 0xff) line.append("\\x").append("%02x".formatted((int) c));
            else line.append("\\u").append("%04x".formatted((int) c));
        }
        return line.toString();
    }

    /// One JSON object.
    public static String json(AccessEntry entry) {
        Request request = entry.request();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("time", entry.at().toString());
        members.put("remote", request.remote().host());
        members.put("method", request.method().name());
        members.put("target", request.target());
        members.put("version", request.version().toString());
        members.put("status", entry.status());
        members.put("bytes", entry.bytes());
        members.put("micros", entry.micros());
        String id = RequestIds.of(request);
        if (!id.equals("-")) members.put("request", id);
        Principal.of(request).ifPresent(principal -> members.put("user", principal.name()));
        request.header(Names.USER_AGENT).ifPresent(agent -> members.put("agent", agent));
        request.header(Names.REFERER).ifPresent(referer -> members.put("referer", referer));
        return Json.write(members).toUtf8();
    }
}
