package io.hawser.internal.http;

import io.hawser.http.Headers;
import java.util.Locale;

/// The path of a request as a gateway passes it on.
public final class OnwardPath {
    private OnwardPath() {}

    /// Whether it means the same to everyone: it begins with `/`, and no segment is `.` or `..`, written out or
    /// percent-encoded, where some servers take `\` for `/`.
    public static boolean isPlain(String rawPath) {
        if (!rawPath.startsWith("/")) return false;
        if (rawPath.indexOf("/.") < 0 && rawPath.indexOf('%') < 0 && rawPath.indexOf('\\') < 0) return true;
        String read = rawPath.toLowerCase(Locale.ROOT)
                .replace("%2e", ".")
                .replace("%2f", "/")
                .replace("%5c", "/")
                .replace('\\', '/');
        for (String segment : read.split("/", -1)) {
            int parameters = segment.indexOf(';');
            String name = parameters < 0 ? segment : segment.substring(0, parameters);
            if (name.equals(".") || name.equals("..")) return false;
        }
        return true;
    }

    /// What is left without `stripped` at its beginning, and with `/` there.
    public static String of(String rawPath, String stripped) {
        if (stripped.isEmpty() || !rawPath.startsWith(stripped)) return rawPath;
        String rest = rawPath.substring(stripped.length());
        if (rest.isEmpty()) return "/";
        return rest.startsWith("/") ? rest : rawPath;
    }

    /// `fields` with one less in the field `name`, where that is a number.
    public static Headers countedDown(Headers fields, String name) {
        String value = fields.value(name, "");
        boolean isNumber =
                !value.isEmpty() && value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? fields.with(name, String.valueOf(Math.max(0, Long.parseLong(value) - 1))) : fields;
    }
}
