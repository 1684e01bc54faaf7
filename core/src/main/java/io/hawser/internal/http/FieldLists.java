package io.hawser.internal.http;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/// Field values that are lists. Source: RFC 9110 section 5.6.1
public final class FieldLists {
    private static final Set<String> SECRETS =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "authentication-info");

    private FieldLists() {}

    /// Whether the value of that field is nobody's to read in a log.
    public static boolean isSecret(String name) {
        return SECRETS.contains(name.toLowerCase(Locale.ROOT));
    }

    /// Adds the members of `value` to `members`; commas in quoted strings do not separate.
    public static void split(String value, Collection<String> members) {
        split(value, ',', members);
    }

    /// Adds the parts of `value` between `separator`, where that is in no quoted string.
    public static void split(String value, char separator, Collection<String> parts) {
        int from = 0;
        while (from <= value.length()) {
            int to = end(value, separator, from);
            String part = Tokens.trim(value.substring(from, to));
            if (!part.isEmpty()) parts.add(part);
            from = to + 1;
        }
    }

    /// Whether `member`, compared without case, is one of the list.
    public static boolean contains(String value, String member) {
        if (value.length() == member.length()) return value.equalsIgnoreCase(member);
        int from = 0;
        while (from <= value.length()) {
            int to = end(value, ',', from);
            if (isHere(value, from, to, member)) return true;
            from = to + 1;
        }
        return false;
    }

    private static boolean isHere(String value, int from, int to, String member) {
        while (from < to && Tokens.isBlank(value.charAt(from))) from++;
        while (to > from && Tokens.isBlank(value.charAt(to - 1))) to--;
        return to - from == member.length() && value.regionMatches(true, from, member, 0, to - from);
    }

    /// Where the part that begins at `from` ends; a quoted string that is not closed runs to the end.
    private static int end(String value, char separator, int from) {
        boolean quoted = false;
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted && c == '\\') i++;
            else if (c == '"') quoted = !quoted;
            else if (c == separator && !quoted) return i;
        }
        return value.length();
    }

    /// The text of a quoted string, or `text` itself if it is none.
    public static String unquote(String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') return text;
        if (text.indexOf('\\') < 0) return text.substring(1, text.length() - 1);
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() - 1) c = text.charAt(++i);
            plain.append(c);
        }
        return plain.toString();
    }

    /// `text` as a quoted string.
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') quoted.append('\\');
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}
