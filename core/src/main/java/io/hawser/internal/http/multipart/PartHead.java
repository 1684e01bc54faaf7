package io.hawser.internal.http.multipart;

import io.hawser.ProtocolError;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Part;
import io.hawser.internal.http.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// The fields of a part. Source: RFC 7578 section 4
final class PartHead {
    private static final String SOURCE = "RFC 7578, section 4.2";
    private static final String DISPOSITION = "Content-Disposition";

    private PartHead() {}

    /// Parses `\r\nName: value\r\nName: value\r\n\r\n`; values of UTF-8 keep their characters.
    static Headers parse(String text) {
        Headers.Builder headers = Headers.builder();
        int from = 2;
        while (from < text.length() - 2) {
            int to = text.indexOf("\r\n", from);
            String line = text.substring(from, to);
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon);
            if (!Tokens.isToken(name)) throw new ProtocolError(400, "a field of a part has no name", SOURCE);
            headers.add(name, checked(line.substring(colon + 1)));
            from = to + 2;
        }
        return headers.build();
    }

    /// A value that headers can hold: characters beyond ISO 8859-1 are spread over their UTF-8 bytes again.
    private static String checked(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw new ProtocolError(400, "a field of a part has a control character", SOURCE);
            }
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return new String(utf8, StandardCharsets.ISO_8859_1);
    }

    static Part part(Headers head, Body content) {
        String disposition = decoded(head.value(DISPOSITION, ""));
        if (!disposition.toLowerCase(Locale.ROOT).startsWith("form-data")) {
            throw new ProtocolError(400, "a part is no form-data", SOURCE);
        }
        String name =
                parameter(disposition, "name").orElseThrow(() -> new ProtocolError(400, "a part has no name", SOURCE));
        Optional<String> fileName = parameter(disposition, "filename").map(PartHead::lastSegment);
        return new Part(name, fileName, head.without(DISPOSITION), content);
    }

    private static String decoded(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.ISO_8859_1);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /// The parameter `name`. Browsers escape a quote as `%22`, others as `\"`; a backslash before anything else
    /// is one.
    static Optional<String> parameter(String disposition, String name) {
        int at = disposition.indexOf(';');
        while (at >= 0 && at < disposition.length()) {
            int equals = disposition.indexOf('=', at);
            if (equals < 0) return Optional.empty();
            String found = Tokens.trim(disposition.substring(at + 1, equals));
            int from = equals + 1;
            while (from < disposition.length() && disposition.charAt(from) == ' ') from++;
            StringBuilder value = new StringBuilder();
            boolean quoted = from < disposition.length() && disposition.charAt(from) == '"';
            int i = quoted ? from + 1 : from;
            for (; i < disposition.length(); i++) {
                char c = disposition.charAt(i);
                if (quoted && c == '\\' && i + 1 < disposition.length() && disposition.charAt(i + 1) == '"') {
                    value.append('"');
                    i++;
                } else if (c == (quoted ? '"' : ';')) {
                    break;
                } else {
                    value.append(c);
                }
            }
            if (found.equalsIgnoreCase(name)) {
                String raw = quoted ? value.toString() : Tokens.trim(value.toString());
                return Optional.of(raw.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"));
            }
            at = disposition.indexOf(';', i);
        }
        return Optional.empty();
    }

    /// What follows the last separator of any system, without control characters; empty where that names no
    /// file.
    private static String lastSegment(String fileName) {
        String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        StringBuilder clean = new StringBuilder(last.length());
        last.chars().filter(c -> c >= ' ' && c != 0x7f).forEach(c -> clean.append((char) c));
        String name = clean.toString().strip();
        return name.equals(".") || name.equals("..") ? "" : name;
    }
}
