package io.hawser.internal.http1;

import io.hawser.ProtocolError;
import io.hawser.http.Method;

/// The forms of a request target: a path, a whole `http` or `https` URI, or `*` for OPTIONS.
///
/// Source: RFC 9112, section 3.2
final class RequestTarget {
    private RequestTarget() {}

    /// @return `target`
    /// @throws ProtocolError if it is in no form that `method` may have
    static String checked(Method method, String target) {
        if (target.charAt(0) == '/') return target;
        if (method.equals(Method.CONNECT)) {
            throw new ProtocolError(501, "no tunnels here", "RFC 9110, section 9.3.6");
        }
        if (target.equals("*") && method.equals(Method.OPTIONS)) return target;
        int authority = authorityOf(target);
        if (authority < 0) throw BadHttp.request("bad request target");
        int end = authority;
        while (end < target.length() && "/?".indexOf(target.charAt(end)) < 0) end++;
        if (!HostField.isValid(target.substring(authority, end))) throw BadHttp.request("bad host in the target");
        return target;
    }

    private static int authorityOf(String target) {
        if (target.regionMatches(true, 0, "http://", 0, 7)) return 7;
        return target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
    }
}
