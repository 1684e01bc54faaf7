package io.hawser.internal.http1;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/// The field names that requests and answers nearly always use, so that reading one makes no new string.
///
/// A name is found by its length and its first and last character, and then compared without case.
public final class FieldNames {
    private static final int SLOTS = 512;
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");
    private static final String[] KNOWN = new String[SLOTS];
    private static final byte[][] LOWER = new byte[SLOTS][];

    static {
        String all = """
                Accept Accept-Charset Accept-Encoding Accept-Language Accept-Ranges
                Access-Control-Allow-Credentials Access-Control-Allow-Headers Access-Control-Allow-Methods
                Access-Control-Allow-Origin Access-Control-Max-Age Access-Control-Request-Headers
                Access-Control-Request-Method Age Allow Alt-Svc Authorization Cache-Control Connection
                Content-Disposition Content-Encoding Content-Language Content-Length Content-Location
                Content-Range Content-Type Cookie Date DNT ETag Expect Expires Forwarded Host Idempotency-Key
                If-Match If-Modified-Since If-None-Match If-Range If-Unmodified-Since Keep-Alive Last-Event-ID
                Last-Modified Link Location Origin Pragma Priority Proxy-Authorization Proxy-Connection Range
                Referer Retry-After sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform Sec-Fetch-Dest
                Sec-Fetch-Mode Sec-Fetch-Site Sec-Fetch-User Sec-WebSocket-Accept Sec-WebSocket-Extensions
                Sec-WebSocket-Key Sec-WebSocket-Protocol Sec-WebSocket-Version Server Set-Cookie
                Strict-Transport-Security TE traceparent tracestate Trailer Transfer-Encoding Upgrade
                Upgrade-Insecure-Requests User-Agent Vary Via WWW-Authenticate X-Forwarded-For
                X-Forwarded-Host X-Forwarded-Proto X-Real-Ip X-Request-ID X-Requested-With
                """;
        for (String name : WHITE_SPACE.split(all.trim(), 0)) {
            int slot = slot(name.length(), (byte) name.charAt(0), (byte) name.charAt(name.length() - 1));
            while (KNOWN[slot] != null) slot = slot + 1 & SLOTS - 1;
            KNOWN[slot] = name.intern(); // the very strings of Names
            LOWER[slot] = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private FieldNames() {}

    /// The name that `from[start, end)` spells: the constant where it is known, else as it was written.
    public static String of(byte[] from, int start, int end) {
        int length = end - start;
        int slot = slot(length, from[start], from[end - 1]);
        for (byte[] name = LOWER[slot]; name != null; name = LOWER[slot]) {
            if (name.length == length && matches(name, from, start)) return KNOWN[slot];
            slot = slot + 1 & SLOTS - 1;
        }
        return Octets.text(from, start, end);
    }

    /// All names that [#of] knows.
    public static List<String> known() {
        return Arrays.stream(KNOWN).filter(Objects::nonNull).toList();
    }

    private static int slot(int length, byte first, byte last) {
        return (length * 31 + (first | 0x20)) * 17 + (last | 0x20) & SLOTS - 1;
    }

    private static boolean matches(byte[] name, byte[] from, int start) {
        for (int i = 0; i < name.length; i++) {
            if (Octets.lower(from[start + i]) != name[i]) return false;
        }
        return true;
    }
}
